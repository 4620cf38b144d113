package io.simtally.core;

import io.simtally.core.internal.Preconditions;
import java.time.Duration;

/**
 * Limits the retries of a call and their delays. All calls of Simtally are reads, so a client may
 * retry all of them.
 *
 * <p>A client retries after a lost connection, a cut-off answer, and the statuses 408, 429, 500,
 * 502, 503 and 504. It does not retry a 500 of Hyper-Precise, whose cause does not pass by waiting.
 * The delay before the n-th retry is random between zero and {@code firstDelay} × 2<sup>n-1</sup>,
 * at most {@code longestDelay}; a {@code Retry-After} of the provider sets its minimum. No delay
 * passes the call's timeout. A budget per client stops retries during an outage.
 *
 * @param maxAttempts the largest number of attempts, at least 1
 * @param firstDelay the longest delay before the first retry
 * @param longestDelay the longest delay that the provider did not ask for
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration longestDelay) {
  private static final RetryPolicy STANDARD =
      new RetryPolicy(3, Duration.ofMillis(200), Duration.ofSeconds(20));
  private static final RetryPolicy NONE =
      new RetryPolicy(1, Duration.ofMillis(200), Duration.ofSeconds(20));

  /**
   * Checks the components. A delay over a hundred years becomes a hundred years.
   *
   * @throws IllegalArgumentException if a delay is null, or one of the three is not positive
   */
  public RetryPolicy {
    Preconditions.positive("maxAttempts", maxAttempts);
    firstDelay = Preconditions.positive("firstDelay", firstDelay);
    longestDelay = Preconditions.positive("longestDelay", longestDelay);
  }

  /** {@return a policy of three attempts with delays of up to 200 ms and 400 ms} */
  public static RetryPolicy standard() {
    return STANDARD;
  }

  /** {@return a policy of one attempt} */
  public static RetryPolicy none() {
    return NONE;
  }

  /**
   * Sets the number of attempts.
   *
   * @param attempts the largest number of attempts, at least 1
   * @return a new policy
   * @throws IllegalArgumentException if it is not positive
   */
  public RetryPolicy maxAttempts(int attempts) {
    return new RetryPolicy(attempts, firstDelay, longestDelay);
  }

  /**
   * Sets the delays.
   *
   * @param first the longest delay before the first retry; it doubles with each retry
   * @param longest the longest delay that the provider did not ask for
   * @return a new policy
   * @throws IllegalArgumentException if one is null or not positive
   */
  public RetryPolicy delays(Duration first, Duration longest) {
    return new RetryPolicy(maxAttempts, first, longest);
  }

  /** Returns the longest delay before a retry, counted from 1. */
  Duration longestDelay(int repetition) {
    var doublings = Math.min(repetition - 1, 30);
    var limit = longestDelay.dividedBy(1L << doublings);
    return limit.compareTo(firstDelay) <= 0
        ? longestDelay
        : firstDelay.multipliedBy(1L << doublings);
  }
}
