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
 * deadline runs take slots as they arrive. Calls whose deadline has not begun wait in a queue, and
 * only the first of the queue takes a slot, so that they do not delay calls with a deadline.
 * Lock-free.
 *
 * <p>A 429 doubles the interval between slots, once for all requests sent before that answer. A
 * success takes away an eighth of the excess.
 */
final class RateLimiter {
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
    this.shortestInterval = limit.period().toNanos() / limit.requests();
    this.interval = new AtomicLong(shortestInterval);
    this.nextSlot = new AtomicLong(time.nanoTime());
    this.slowedDown = new AtomicLong(time.nanoTime() - 1);
  }

  /** Waits for the next slot, if the deadline allows it. */
  void await(Deadline deadline) throws IOException {
    sleep(takeSlot(deadline.left().toNanos()), deadline);
  }

  /** Waits for a slot before the deadline begins, without a bound. */
  void queue(Deadline deadline) throws IOException {
    var turn = new CompletableFuture<Void>();
    var before = lastInQueue.getAndSet(turn);
    try {
      deadline.queue(before);
      sleep(takeSlot(Long.MAX_VALUE), deadline);
    } finally {
      // A call cancelled in the queue still passes its turn on in order.
      Future<?> unused = before.thenRun(() -> turn.complete(null));
    }
  }

  /**
   * Slows down after a 429 and recovers after a success.
   *
   * @param sent when the request was sent
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

  /** Takes the next slot and returns the delay until then; takes none if the delay is too long. */
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
