package io.simtally.core;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client may spend on repetitions, so that an outage is not made worse: each repetition
 * costs, each success pays a little back. Lock-free.
 */
final class RetryBudget {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.calls");
  private static final int FULL = 500;
  private static final int COST = 5;

  private final String provider;
  private final AtomicInteger left = new AtomicInteger(FULL);
  private final AtomicBoolean outage = new AtomicBoolean();

  RetryBudget(String provider) {
    this.provider = provider;
  }

  /** Whether one more repetition is in the budget; if so, it is paid for. */
  boolean spend() {
    var paid = left.getAndUpdate(tokens -> tokens >= COST ? tokens - COST : tokens) >= COST;
    if (!paid && outage.compareAndSet(false, true)) {
      LOG.warn(
          "{}: so many calls fail that failures are no longer repeated, until calls succeed again",
          provider);
    }
    return paid;
  }

  /** A call succeeded: what its repetition cost comes back, or a little if it needed none. */
  void succeeded(boolean repeated) {
    if (left.get() < FULL) {
      var now = left.updateAndGet(tokens -> Math.min(FULL, tokens + (repeated ? COST : 1)));
      if (now >= FULL / 2) {
        outage.set(false); // the next one is worth another line
      }
    }
  }
}
