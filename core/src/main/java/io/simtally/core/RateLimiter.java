package io.simtally.core;

import io.simtally.core.internal.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Spreads a client's requests evenly: each takes the next free slot and waits for it. Calls whose
 * time runs take slots as they come; those whose time has not begun stand in a queue, and only the
 * first of them takes one, so that they keep nobody waiting who has a deadline. Lock-free. No
 * library does it, because one would be a dependency of every user's program.
 *
 * <p>A 429 doubles the distance between slots, once for all that were sent before it was known; a
 * success takes an eighth of the excess away again.
 */
final class RateLimiter {
  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();
  private static final int SLOWEST = 64;

  private final Time time;
  private final long shortestInterval;
  private final AtomicLong interval;
  private final AtomicLong nextSlot;
  private final AtomicLong slowedDown;
  private final AtomicReference<CompletableFuture<Void>> lastInQueue =
      new AtomicReference<>(CompletableFuture.completedFuture(null));

  RateLimiter(RateLimit limit, Time time) {
    this.time = time;
    this.shortestInterval = NANOS_PER_SECOND / limit.requestsPerSecond();
    this.interval = new AtomicLong(shortestInterval);
    this.nextSlot = new AtomicLong(time.nanoTime());
    this.slowedDown = new AtomicLong(time.nanoTime() - 1);
  }

  /** Waits for the next slot that the call's time allows. */
  void await(Deadline deadline) throws IOException {
    sleep(takeSlot(deadline.left().toNanos()), deadline);
  }

  /** Waits for a slot before the call's time begins: for however long it takes. */
  void queue(Deadline deadline) throws IOException {
    var turn = new CompletableFuture<Void>();
    var before = lastInQueue.getAndSet(turn);
    try {
      deadline.queue(before);
      sleep(takeSlot(Long.MAX_VALUE), deadline);
    } finally {
      // One that was cancelled in the queue has others before it.
      Future<?> unused = before.thenRun(() -> turn.complete(null));
    }
  }

  /**
   * Slows down or recovers, as the provider's answer says.
   *
   * @param sent when the request went out
   */
  void answered(int status, long sent) {
    if (status == 429) {
      slowDown(sent);
    } else if (status / 100 == 2 && interval.get() > shortestInterval) {
      interval.updateAndGet(nanos -> nanos - (nanos - shortestInterval + 7) / 8);
    }
  }

  private void slowDown(long sent) {
    var last = slowedDown.get();
    if (sent - last > 0 && slowedDown.compareAndSet(last, time.nanoTime())) {
      interval.updateAndGet(nanos -> Math.min(nanos * 2, shortestInterval * SLOWEST));
    }
  }

  private static void sleep(long delay, Deadline deadline) throws IOException {
    if (delay > 0) {
      deadline.sleep(Duration.ofNanos(delay));
    }
  }

  /** Takes the next slot and returns how far away it is; a call that cannot wait takes none. */
  private long takeSlot(long longestDelay) throws IOException {
    while (true) {
      var now = time.nanoTime();
      var next = nextSlot.get();
      var slot = next - now > 0 ? next : now;
      if (slot - now >= longestDelay) {
        throw new InterruptedIOException(
            "the rate limit leaves no slot before the deadline" + whySlow());
      }
      if (nextSlot.compareAndSet(next, slot + interval.get())) {
        return slot - now;
      }
    }
  }

  private String whySlow() {
    var nanos = interval.get();
    return nanos == shortestInterval
        ? ""
        : ", since 429 has slowed the client down to a request every "
            + Duration.ofNanos(nanos).toMillis()
            + " ms";
  }
}
