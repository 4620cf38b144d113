package io.simtally.core;

import io.simtally.core.internal.Preconditions;
import java.time.Duration;

/**
 * The highest rate at which a client sends requests, spread evenly. Retries count; token requests
 * do not. Each client has its own limit, which its threads share in order of arrival. While the
 * provider answers 429, the client slows down below the limit and recovers with each success.
 *
 * @param requests the number of requests per {@code period}, at least 1
 * @param period the period; one request a day is the lowest rate
 */
public record RateLimit(int requests, Duration period) {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if {@code requests} or {@code period} is not positive, {@code
   *     period} is null, or the rate is below one request a day
   */
  public RateLimit {
    Preconditions.positive("requests", requests);
    Preconditions.positive("period", period);
    if (period.dividedBy(requests).compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "the rate is below one request a day: " + requests + " per " + period);
    }
  }

  /**
   * Limits the requests per second.
   *
   * @param requests the number of requests per second, at least 1
   * @return the limit
   * @throws IllegalArgumentException if it is not positive
   */
  public static RateLimit perSecond(int requests) {
    return new RateLimit((int) Preconditions.positive("requestsPerSecond", requests), SECOND);
  }

  /**
   * Limits the requests per period, for rates below one per second: {@code of(10,
   * Duration.ofMinutes(1))} is a request every six seconds.
   *
   * @param requests the number of requests per period, at least 1
   * @param period the period
   * @return the limit
   * @throws IllegalArgumentException as the constructor
   */
  public static RateLimit of(int requests, Duration period) {
    return new RateLimit(requests, period);
  }
}
