package io.simtally.core;

import io.simtally.core.CallListener.IteratedPage;
import io.simtally.core.internal.CallHandle;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** What a request carries beside its own settings. */
record RequestContext(Transport transport, CallSettings settings, Paging paging)
    implements CallHandle {

  /**
   * Where in the pages of its answer a request is.
   *
   * @param cursor where to begin, or null for the first page
   * @param prefetching whether one page is asked for ahead
   * @param page which page of an iteration the request fetches, or null
   */
  record Paging(@Nullable PageCursor cursor, boolean prefetching, @Nullable IteratedPage page) {
    static final Paging NONE = new Paging(null, false, null);
  }

  /** The context of a request nothing has been set on. */
  static RequestContext of(Transport transport, CallSettings settings) {
    return new RequestContext(transport, settings, Paging.NONE);
  }

  /** There is no other handle than these. */
  static RequestContext of(CallHandle handle) {
    return (RequestContext) handle;
  }

  @Override
  public HttpUrl baseUrl() {
    return transport.baseUrl();
  }

  @Override
  public void close() {
    transport.close();
  }

  RequestContext with(CallSettings other) {
    return new RequestContext(transport, other, paging);
  }

  RequestContext with(PageCursor cursor) {
    return new RequestContext(
        transport, settings, new Paging(cursor, paging.prefetching(), paging.page()));
  }

  RequestContext with(IteratedPage page) {
    return new RequestContext(
        transport, settings, new Paging(paging.cursor(), paging.prefetching(), page));
  }

  RequestContext withPrefetching() {
    return new RequestContext(
        transport, settings, new Paging(paging.cursor(), true, paging.page()));
  }
}
