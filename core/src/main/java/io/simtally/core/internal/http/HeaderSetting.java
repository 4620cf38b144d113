package io.simtally.core.internal.http;

import io.simtally.core.internal.Preconditions;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.Headers;

/** Checks the additional headers of a request. */
public final class HeaderSetting {
  /** A token of RFC 9110. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Headers of credentials. Only the credentials of auth are hidden and redacted. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "vz-m2m-token",
          "apikey",
          "api-key",
          "x-api-key",
          "x-auth-token");

  /** Headers of the call and of its connection, and headers that request a partial answer. */
  private static final Set<String> OURS =
      Set.of(
          "accept",
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "range",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent");

  private HeaderSetting() {}

  /**
   * Returns {@code headers} with one header set.
   *
   * @throws IllegalArgumentException if a program may not set the header; the message does not
   *     contain the value
   */
  public static Headers added(Headers headers, String name, String value) {
    var given = Preconditions.headerText("header name", name);
    if (!NAME.matcher(given).matches()) {
      throw new IllegalArgumentException("header name is not the name of a header: " + given);
    }
    var known = given.toLowerCase(Locale.ROOT);
    if (CREDENTIALS.contains(known)) {
      throw new IllegalArgumentException(
          "header " + given + " carries credentials, which belong on the client's builder");
    }
    if (OURS.contains(known)) {
      throw new IllegalArgumentException("header " + given + " is set by the client");
    }
    var text = Preconditions.headerText("header " + given, value);
    return headers.newBuilder().set(given, text).build();
  }
}
