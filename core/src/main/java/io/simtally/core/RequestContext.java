package io.simtally.core;

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

  private RequestContext(
      Transport transport,
      @Nullable Duration timeout,
      @Nullable RetryPolicy retryPolicy,
      @Nullable PageCursor cursor,
      boolean prefetching) {
    this.transport = transport;
    this.timeout = timeout;
    this.retryPolicy = retryPolicy;
    this.cursor = cursor;
    this.prefetching = prefetching;
  }

  /** The context of a request nothing has been set on. */
  static RequestContext of(Transport transport) {
    return new RequestContext(transport, null, null, null, false);
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

  RequestContext withTimeout(Duration other) {
    return new RequestContext(transport, other, retryPolicy, cursor, prefetching);
  }

  RequestContext withRetryPolicy(RetryPolicy other) {
    return new RequestContext(transport, timeout, other, cursor, prefetching);
  }

  RequestContext withCursor(PageCursor other) {
    return new RequestContext(transport, timeout, retryPolicy, other, prefetching);
  }

  RequestContext withPrefetching() {
    return new RequestContext(transport, timeout, retryPolicy, cursor, true);
  }
}
