package io.simtally.core;

import io.simtally.core.internal.Setting;

/**
 * How many requests a client sends at most. Repetitions count; requests for tokens do not. Each
 * client keeps its own count, shared by all its threads in the order of their coming. While the
 * provider answers 429, the client slows down below the limit, and recovers with its successes.
 *
 * @param requestsPerSecond at least 1
 */
public record RateLimit(int requestsPerSecond) {
  /** Refuses fewer than one request per second. */
  public RateLimit {
    Setting.positive("requestsPerSecond", requestsPerSecond);
  }

  /** At most {@code requests} a second, evenly spread. */
  public static RateLimit perSecond(int requests) {
    return new RateLimit(requests);
  }
}
