package io.simtally.core;

import io.simtally.core.internal.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Spreads a client's requests evenly: each takes the next free slot and waits for it. A 429 doubles
 * the distance between slots, a success takes an eighth of the excess away again. Lock-free. No
 * library does it, because one would be a dependency of every user's program.
 */
final class RateLimiter {
  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();
  private static final int SLOWEST = 64;

  private final Time time;
  private final long shortestInterval;
  private final AtomicLong interval;
  private final AtomicLong nextSlot;

  RateLimiter(RateLimit limit, Time time) {
    this.time = time;
    this.shortestInterval = NANOS_PER_SECOND / limit.requestsPerSecond();
    this.interval = new AtomicLong(shortestInterval);
    this.nextSlot = new AtomicLong(time.nanoTime());
  }

  /** Waits for the next slot. */
  void await(Exchange exchange) throws IOException {
    var delay = takeSlot(exchange.left());
    if (delay > 0) {
      exchange.sleep(Duration.ofNanos(delay));
    }
  }

  /** Slows down or recovers, as the provider's answer says. */
  void answered(int status) {
    if (status == 429) {
      interval.updateAndGet(nanos -> Math.min(nanos * 2, shortestInterval * SLOWEST));
    } else if (status / 100 == 2 && interval.get() > shortestInterval) {
      interval.updateAndGet(nanos -> nanos - (nanos - shortestInterval + 7) / 8);
    }
  }

  /** Takes the next slot and returns how far away it is; a call that cannot wait takes none. */
  private long takeSlot(Duration left) throws IOException {
    while (true) {
      var now = time.nanoTime();
      var next = nextSlot.get();
      var slot = next - now > 0 ? next : now;
      if (slot - now >= left.toNanos()) {
        throw new InterruptedIOException("the rate limit leaves no slot before the deadline");
      }
      if (nextSlot.compareAndSet(next, slot + interval.get())) {
        return slot - now;
      }
    }
  }
}
