package io.simtally.mason;

import io.simtally.core.UsageRecord;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.PagingStalledException;
import io.simtally.core.internal.usage.UsageConversion;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The address of one call, with its pages.
 *
 * @param call the method of the client, for messages
 * @param operation verb and path template below the base URL
 * @param iccid the SIM in the path, or null if the template has none
 */
record UsageEndpoint(
    HttpUrl baseUrl, String call, String operation, String fleet, @Nullable String iccid) {
  private static final String AFTER = "after=";
  private static final String BEFORE = "before=";

  /** A host with a dot, with or without a port. */
  private static final Pattern OTHER_HOST =
      Pattern.compile("[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+(?::\\d+)?[/?]");

  /** Returns the ICCID in the path, or the subject of a whole account. */
  String subject() {
    return iccid == null ? UsageRecord.ACCOUNT : iccid;
  }

  boolean isOfAllSims() {
    return operation.endsWith("/sim");
  }

  UsageConversion conversion() {
    return new UsageConversion(MasonUsage.PROVIDER, operation);
  }

  /** Returns a request with its path filled in. */
  CallSpecBuilder get() {
    var get = CallSpecBuilder.of(operation).path("fleet", fleet);
    return iccid == null ? get : get.path("iccid", iccid);
  }

  /** Returns path and query, encoded: different requests have different scopes. */
  String scope(CallSpec<?> spec) {
    var url = spec.url(baseUrl.newBuilder().encodedPath("/").build());
    return url.encodedPath() + "?" + url.encodedQuery();
  }

  /**
   * Returns the position of the next page.
   *
   * @param next the name that Mason gives the next page
   * @throws PagingStalledException if it is an address of another call or another origin
   */
  String behind(String next) throws PagingStalledException {
    return AFTER + key(next, "after");
  }

  /** Returns the position of the previous page, which is checked when it is asked for. */
  static String ahead(String previous) {
    return BEFORE + previous;
  }

  /**
   * Returns the request for one page.
   *
   * @param position a position of {@link #behind} or {@link #ahead}, or null for the first page
   * @throws IllegalArgumentException if it is none
   */
  CallSpecBuilder at(@Nullable String position, CallSpecBuilder call) {
    if (position == null) {
      return call;
    }
    if (position.startsWith(AFTER)) {
      return call.query("after", position.substring(AFTER.length()));
    }
    if (position.startsWith(BEFORE)) {
      try {
        return call.query("before", key(position.substring(BEFORE.length()), "before"));
      } catch (PagingStalledException e) {
        throw new IllegalArgumentException("cursor leads nowhere: " + e.getMessage(), e);
      }
    }
    throw new IllegalArgumentException("cursor is not one of Mason's usage");
  }

  /**
   * Returns the key of another page: the text itself or, if it is the address of the page, its
   * {@code after} or {@code before}. An address is never called as it is, so that no other server
   * and no other call is reached, and the page is requested with all options of this call.
   */
  private String key(String named, String parameter) throws PagingStalledException {
    var own = get().build(reader -> reader).url(baseUrl);
    if (!isAddress(named, own)) {
      return named;
    }
    var address = address(named, own);
    if (address == null || !isSameOrigin(address, own)) {
      throw new PagingStalledException("the address of the other page is on another origin");
    }
    if (!address.pathSegments().equals(own.pathSegments())) {
      throw new PagingStalledException("the address of the other page is that of another call");
    }
    var key = parameter(address, parameter);
    if (key == null || key.isEmpty()) {
      throw new PagingStalledException("the address of the other page holds no cursor");
    }
    return key;
  }

  /** Mason's page writes addresses without their scheme. A key has none of these marks. */
  private static boolean isAddress(String named, HttpUrl own) {
    return HttpUrl.parse(named) != null
        || named.contains("://")
        || named.contains("?")
        || named.startsWith(own.encodedPath())
        || named.startsWith(own.host() + "/")
        || named.startsWith(authority(own) + "/");
  }

  /** Returns null if it is no HTTP address. */
  private static @Nullable HttpUrl address(String named, HttpUrl own) {
    var complete = HttpUrl.parse(named);
    if (complete != null) {
      return complete;
    }
    var isOwnHost = named.startsWith(own.host() + "/") || named.startsWith(authority(own) + "/");
    return isOwnHost || (!named.contains("://") && OTHER_HOST.matcher(named).lookingAt())
        ? HttpUrl.parse(own.scheme() + "://" + named)
        : own.resolve(named);
  }

  private static String authority(HttpUrl url) {
    var start = url.scheme().length() + "://".length();
    var text = url.toString();
    return text.substring(start, text.indexOf('/', start));
  }

  private static boolean isSameOrigin(HttpUrl address, HttpUrl own) {
    return address.scheme().equals(own.scheme())
        && address.host().equals(own.host())
        && address.port() == own.port();
  }

  /** Keeps a plus: it means a blank only in forms, which Mason's pages do not mention. */
  private static @Nullable String parameter(HttpUrl address, String name) {
    var query = address.encodedQuery();
    return query == null
        ? null
        : address.newBuilder().encodedQuery(query.replace("+", "%2B")).build().queryParameter(name);
  }
}
