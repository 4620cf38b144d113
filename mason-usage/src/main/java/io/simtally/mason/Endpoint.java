package io.simtally.mason;

import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.PagingStalled;
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
   * The cursor in what Mason names as the next page: that text itself or, should it be the address
   * of the next page, its {@code after}. An address is never called as it stands, so that no other
   * server and no other call is reached and the next page carries all options of this one.
   *
   * @throws PagingStalled if it is not an address of this call on the client's own origin
   */
  String cursor(String next) throws PagingStalled {
    var address = HttpUrl.parse(next);
    if (address == null) {
      return next;
    }
    if (!isOwnOrigin(address)) {
      throw new PagingStalled("the address of the next page is on another origin");
    }
    if (!isThisCall(address)) {
      throw new PagingStalled("the address of the next page is that of another call");
    }
    var after = address.queryParameter("after");
    if (after == null || after.isEmpty()) {
      throw new PagingStalled("the address of the next page holds no cursor");
    }
    return after;
  }

  private boolean isOwnOrigin(HttpUrl address) {
    return address.scheme().equals(baseUrl.scheme())
        && address.host().equals(baseUrl.host())
        && address.port() == baseUrl.port();
  }

  private boolean isThisCall(HttpUrl address) {
    var own = get().build(reader -> reader).url(baseUrl);
    return address.pathSegments().equals(own.pathSegments());
  }
}
