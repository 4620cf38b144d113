package io.simtally.mason;

import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.PagingStalledException;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where the requests of one call go.
 *
 * @param call the method of the client, as error messages name it
 * @param operation verb and path template below the base URL
 * @param iccid fills in the template, or null if it has no place for one
 */
record Endpoint(
    HttpUrl baseUrl, String call, String operation, String fleet, @Nullable String iccid) {
  private static final String AFTER = "after=";
  private static final String BEFORE = "before=";

  /** A host with a dot in it, perhaps with its port. */
  private static final Pattern OTHER_HOST =
      Pattern.compile("[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+(?::\\d+)?[/?]");

  /** Begins a request with its path filled in. */
  CallSpecBuilder get() {
    var get = CallSpecBuilder.of(operation).path("fleet", fleet);
    return iccid == null ? get : get.path("iccid", iccid);
  }

  /** Describes a request by its path and query: encoded, no two different ones look the same. */
  String scope(CallSpec<?> spec) {
    var url = spec.url(baseUrl.newBuilder().encodedPath("/").build());
    return url.encodedPath() + "?" + url.encodedQuery();
  }

  /**
   * Where the page is that Mason names as the next one.
   *
   * @throws PagingStalledException if it is an address, but not one of this call on the client's
   *     own origin
   */
  String behind(String next) throws PagingStalledException {
    return AFTER + key(next, "after");
  }

  /** Where the page is that Mason names as the one before; whether it can be asked is seen then. */
  static String ahead(String previous) {
    return BEFORE + previous;
  }

  /**
   * Asks for one page.
   *
   * @param position what {@link #behind} or {@link #ahead} has given, or null for the first page
   * @throws IllegalArgumentException if it leads nowhere
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
   * The key in what Mason names as another page: that text itself or, should it be the address of
   * the page, its {@code after} or {@code before}. An address is never called as it stands, so that
   * no other server and no other call is reached and the page is asked with all options of this
   * one.
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

  /** Mason's page writes addresses without their scheme; a key holds none of these. */
  private static boolean isAddress(String named, HttpUrl own) {
    return HttpUrl.parse(named) != null
        || named.contains("://")
        || named.contains("?")
        || named.startsWith(own.encodedPath())
        || named.startsWith(own.host() + "/")
        || named.startsWith(authority(own) + "/");
  }

  /** Null if it is none that HTTP knows. */
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

  /** In a query a plus is a blank only by the rules of forms, which no page of Mason's mentions. */
  private static @Nullable String parameter(HttpUrl address, String name) {
    var query = address.encodedQuery();
    return query == null
        ? null
        : address.newBuilder().encodedQuery(query.replace("+", "%2B")).build().queryParameter(name);
  }
}
