package io.simtally.core;

import io.simtally.core.internal.Preconditions;

/**
 * How many requests a client sends at most. Repetitions count; requests for tokens do not. Each
 * client keeps its own count, shared by all its threads in the order of their coming. While the
 * provider answers 429, the client slows down below the limit, and recovers with its successes.
 *
 * @param requestsPerSecond at least 1
 */
public record RateLimit(int requestsPerSecond) {
  /**
   * Refuses fewer than one request per second.
   *
   * @throws IllegalArgumentException if {@code requestsPerSecond} is not positive
   */
  public RateLimit {
    Preconditions.positive("requestsPerSecond", requestsPerSecond);
  }

  /**
   * Spreads requests evenly.
   *
   * @param requests how many are sent per second at most, at least 1
   * @return the limit
   * @throws IllegalArgumentException if it is not positive
   */
  public static RateLimit perSecond(int requests) {
    return new RateLimit(requests);
  }
}
