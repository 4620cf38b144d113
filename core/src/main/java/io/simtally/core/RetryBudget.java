package io.simtally.core;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a client may spend on repetitions, so that an outage is not made worse: each repetition
 * costs, each success pays a little back. Lock-free.
 */
final class RetryBudget {
  private static final int FULL = 500;
  private static final int COST = 5;

  private final AtomicInteger left = new AtomicInteger(FULL);

  /** Whether one more repetition is in the budget; if so, it is paid for. */
  boolean spend() {
    return left.getAndUpdate(tokens -> tokens >= COST ? tokens - COST : tokens) >= COST;
  }

  /** A call succeeded: what its repetition cost comes back, or a little if it needed none. */
  void succeeded(boolean repeated) {
    if (left.get() < FULL) {
      left.updateAndGet(tokens -> Math.min(FULL, tokens + (repeated ? COST : 1)));
    }
  }
}
