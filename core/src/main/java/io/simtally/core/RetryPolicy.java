package io.simtally.core;

import io.simtally.core.internal.Preconditions;
import java.time.Duration;

/**
 * How often and how patiently a call is tried. All calls of Simtally read, so all may be repeated.
 *
 * <p>Tried again are lost connections and cut-off answers, and the statuses 408, 429, 500 (but for
 * Hyper-Precise, where it says something lasting), 502, 503 and 504. The wait before the n-th
 * repetition is chosen at random between nothing and {@code firstDelay} × 2<sup>n-1</sup>, at most
 * {@code longestDelay}; a {@code Retry-After} of the provider is obeyed. No wait goes past the
 * call's timeout, and during an outage a budget of the client stops repetitions early.
 *
 * @param maxAttempts how often a call is sent at most, at least 1
 * @param firstDelay the longest wait before the first repetition
 * @param longestDelay the longest wait before any repetition that the provider did not ask for
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration longestDelay) {
  private static final RetryPolicy STANDARD =
      new RetryPolicy(3, Duration.ofMillis(200), Duration.ofSeconds(20));
  private static final RetryPolicy NONE =
      new RetryPolicy(1, Duration.ofMillis(200), Duration.ofSeconds(20));

  /**
   * Refuses fewer than one attempt and delays that are not positive; delays of more than a hundred
   * years become a hundred.
   *
   * @throws IllegalArgumentException if a delay is null, or one of the three is not positive
   */
  public RetryPolicy {
    Preconditions.positive("maxAttempts", maxAttempts);
    firstDelay = Preconditions.positive("firstDelay", firstDelay);
    longestDelay = Preconditions.positive("longestDelay", longestDelay);
  }

  /** {@return three attempts, waits of up to 200 ms and 400 ms between them} */
  public static RetryPolicy standard() {
    return STANDARD;
  }

  /** {@return one attempt} */
  public static RetryPolicy none() {
    return NONE;
  }

  /**
   * Changes the number of attempts.
   *
   * @param attempts how often a call is sent at most, at least 1
   * @return the same policy with another number of attempts
   * @throws IllegalArgumentException if it is not positive
   */
  public RetryPolicy maxAttempts(int attempts) {
    return new RetryPolicy(attempts, firstDelay, longestDelay);
  }

  /**
   * Changes the waits.
   *
   * @param first the longest wait before the first repetition, which doubles with each one
   * @param longest the longest wait before any repetition that the provider did not ask for
   * @return the same policy with other waits
   * @throws IllegalArgumentException if one is null or not positive
   */
  public RetryPolicy delays(Duration first, Duration longest) {
    return new RetryPolicy(maxAttempts, first, longest);
  }

  /** The longest wait before the given repetition, counted from 1. */
  Duration longestDelay(int repetition) {
    var doublings = Math.min(repetition - 1, 30);
    var limit = longestDelay.dividedBy(1L << doublings);
    return limit.compareTo(firstDelay) <= 0
        ? longestDelay
        : firstDelay.multipliedBy(1L << doublings);
  }
}
