package io.simtally.core;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The retries that a client may send, so that retries do not prolong an outage. Each retry costs
 * tokens, each success pays some back. Lock-free.
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

  /** Pays for a retry and returns true, or returns false if the budget is spent. */
  boolean spend() {
    var paid = left.getAndUpdate(tokens -> tokens >= COST ? tokens - COST : tokens) >= COST;
    if (!paid && outage.compareAndSet(false, true)) {
      LOG.warn(
          "{}: so many calls fail that failures are no longer repeated, until calls succeed again",
          provider);
    }
    return paid;
  }

  /** Pays back the cost of a retry, or one token for a call without retries. */
  void succeeded(boolean repeated) {
    if (left.get() < FULL) {
      var now = left.updateAndGet(tokens -> Math.min(FULL, tokens + (repeated ? COST : 1)));
      if (now >= FULL / 2) {
        outage.set(false); // the next outage is logged again
      }
    }
  }
}
