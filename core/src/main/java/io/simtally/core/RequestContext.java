package io.simtally.core;

import io.simtally.core.CallListener.IteratedPage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a request carries beside its own settings. Made by Simtally's clients; programs have no use
 * for it.
 */
public final class RequestContext {
  private final Transport transport;
  private final @Nullable Duration timeout;
  private final @Nullable RetryPolicy retryPolicy;
  private final @Nullable PageCursor cursor;
  private final boolean prefetching;
  private final @Nullable IteratedPage page;

  private RequestContext(
      Transport transport,
      @Nullable Duration timeout,
      @Nullable RetryPolicy retryPolicy,
      @Nullable PageCursor cursor,
      boolean prefetching,
      @Nullable IteratedPage page) {
    this.transport = transport;
    this.timeout = timeout;
    this.retryPolicy = retryPolicy;
    this.cursor = cursor;
    this.prefetching = prefetching;
    this.page = page;
  }

  /** The context of a request nothing has been set on. */
  static RequestContext of(Transport transport) {
    return new RequestContext(transport, null, null, null, false, null);
  }

  Transport transport() {
    return transport;
  }

  /** The request's own timeout, or null for the client's. */
  @Nullable Duration timeout() {
    return timeout;
  }

  /** The request's own policy, or null for the client's. */
  @Nullable RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /** Where to begin, or null for the first page. */
  @Nullable PageCursor cursor() {
    return cursor;
  }

  boolean isPrefetching() {
    return prefetching;
  }

  /** Which page of an iteration the request fetches, or null. */
  @Nullable IteratedPage page() {
    return page;
  }

  RequestContext withTimeout(Duration other) {
    return new RequestContext(transport, other, retryPolicy, cursor, prefetching, page);
  }

  RequestContext withRetryPolicy(RetryPolicy other) {
    return new RequestContext(transport, timeout, other, cursor, prefetching, page);
  }

  RequestContext withCursor(PageCursor other) {
    return new RequestContext(transport, timeout, retryPolicy, other, prefetching, page);
  }

  RequestContext withPrefetching() {
    return new RequestContext(transport, timeout, retryPolicy, cursor, true, page);
  }

  RequestContext withPage(IteratedPage other) {
    return new RequestContext(transport, timeout, retryPolicy, cursor, prefetching, other);
  }
}
