package io.simtally.core;

import io.simtally.core.internal.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long one call may take, and its waits, which end with that time, a cancellation or an
 * interrupt. The time begins when the call has left the client's queues. Used by one thread at a
 * time, but for {@link #cancel()}.
 */
final class Deadline {
  private final Duration limit;
  private final Time time;
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  private final long created;
  private long started;
  private boolean running;

  Deadline(Duration limit, Time time) {
    this.limit = limit;
    this.time = time;
    this.created = time.nanoTime();
  }

  Duration limit() {
    return limit;
  }

  /** The call has left the queues: its time begins now. */
  void start() {
    // An interceptor of the user's may come here again, on the same deadline.
    if (!running) {
      running = true;
      started = time.nanoTime();
    }
  }

  /** The call goes past the queues: its time has begun when it was made. */
  void startAtOnce() {
    running = true;
    started = created;
  }

  boolean isRunning() {
    return running;
  }

  /** How long the call stood in the queues. */
  Duration queued() {
    return Duration.ofNanos((running ? started : time.nanoTime()) - created);
  }

  Duration elapsed() {
    return running ? Duration.ofNanos(time.nanoTime() - started) : Duration.ZERO;
  }

  Duration left() {
    return limit.minus(elapsed());
  }

  /** Waits, if the call has that long. */
  void sleep(Duration duration) throws IOException {
    try {
      time.sleep(duration, cancelled);
    } catch (InterruptedException e) {
      throw interrupted();
    }
    requireNotCancelled();
  }

  /** Waits for what another thread brings, while there is time. */
  <V> V await(CompletableFuture<V> pending) throws IOException {
    try {
      CompletableFuture.anyOf(pending, cancelled).get(left().toNanos(), TimeUnit.NANOSECONDS);
      requireNotCancelled();
      return pending.get();
    } catch (TimeoutException e) {
      throw new InterruptedIOException("timeout");
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  /** Waits in a queue, before the call's time begins: for however long it takes. */
  void queue(CompletableFuture<Void> turn) throws IOException {
    try {
      CompletableFuture.anyOf(turn, cancelled).get();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      throw new AssertionError("a turn comes or does not", e);
    }
    requireNotCancelled();
  }

  void cancel() {
    cancelled.complete(null);
  }

  boolean isCancelled() {
    return cancelled.isDone();
  }

  private void requireNotCancelled() throws IOException {
    if (cancelled.isDone()) {
      throw new IOException("Canceled");
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }
}
