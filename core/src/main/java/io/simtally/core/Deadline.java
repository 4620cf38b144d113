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
 * The time limit of one call, and its waits. A wait ends early at a cancellation or an interrupt.
 * The time begins when the call leaves the client's queues. Used by one thread at a time, except
 * {@link #cancel()}.
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

  /** Starts the time of a call that has left the queues. */
  void start() {
    // A retry, or an interceptor of the user, calls this again.
    if (!running) {
      running = true;
      started = time.nanoTime();
    }
  }

  /** Starts the time at the creation of a call that does not queue. */
  void startAtOnce() {
    running = true;
    started = created;
  }

  boolean isRunning() {
    return running;
  }

  /** Returns how long the call has waited in the queues. */
  Duration queued() {
    return Duration.ofNanos((running ? started : time.nanoTime()) - created);
  }

  Duration elapsed() {
    return running ? Duration.ofNanos(time.nanoTime() - started) : Duration.ZERO;
  }

  Duration left() {
    return limit.minus(elapsed());
  }

  /** Waits for {@code duration}. */
  void sleep(Duration duration) throws IOException {
    try {
      time.sleep(duration, cancelled);
    } catch (InterruptedException e) {
      throw interrupted();
    }
    requireNotCancelled();
  }

  /** Waits for the result of another thread, at most until the deadline. */
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

  /** Waits in a queue before the call's time begins, without a limit. */
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
