package io.simtally.core;

import io.simtally.core.CallListener.IteratedPage;
import io.simtally.core.internal.CallHandle;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The state of a request beside its own settings. */
record RequestContext(Transport transport, CallSettings settings, Paging paging)
    implements CallHandle {

  /**
   * The position of a request in the pages of its answer.
   *
   * @param cursor the first page to read, or null for the start
   * @param prefetching whether the client requests one page ahead
   * @param page the page of an iteration that the request fetches, or null
   */
  record Paging(@Nullable PageCursor cursor, boolean prefetching, @Nullable IteratedPage page) {
    static final Paging NONE = new Paging(null, false, null);
  }

  /** Returns the context of a request without settings. */
  static RequestContext of(Transport transport, CallSettings settings) {
    return new RequestContext(transport, settings, Paging.NONE);
  }

  /** Casts a handle: there is no other implementation. */
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
