package io.simtally.core.internal.http;

import io.simtally.core.internal.Preconditions;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.Headers;

/** A header that a program sets on a request, beside those that are for Simtally to set. */
public final class HeaderSetting {
  /** A token of RFC 9110. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Only what auth puts on is kept from everybody else, and redacted where it comes back. */
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

  /** Those of a call, of its connection, and what makes half an answer look like a whole one. */
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
   * Puts one header in the place of those of its name.
   *
   * @throws IllegalArgumentException if it is not for a program to set; the message never shows the
   *     value
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
