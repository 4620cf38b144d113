package io.simtally.simulator.iotx;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.SeededRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mockwebserver3.RecordedRequest;

/**
 * The bearer tokens of a simulated company: a fixed one, as the portal gives, and those that last
 * 899 seconds, as the page "How to authenticate API calls" has them. Thread-safe.
 */
final class IotxTokens {
  private static final Duration LIFETIME = Duration.ofSeconds(899);
  private static final String SCHEME = "Bearer ";

  private final String fixed;
  private final Clock clock;
  private final SeededRandom random;
  private final Map<String, Instant> expiries = new HashMap<>();
  private long issued;

  IotxTokens(String fixed, Clock clock, long seed) {
    this.fixed = fixed;
    this.clock = clock;
    this.random = new SeededRandom(seed, 4);
  }

  synchronized String issue() {
    Instant now = clock.instant();
    expiries.values().removeIf(expiry -> !now.isBefore(expiry));
    String token = "%016x%016x".formatted(random.nextLong(), random.nextLong());
    expiries.put(token, now.plus(LIFETIME));
    issued++;
    return token;
  }

  synchronized long issued() {
    return issued;
  }

  String fixed() {
    return fixed;
  }

  /**
   * Lets a request pass.
   *
   * @throws ProviderError if it carries no good token
   */
  synchronized void require(RecordedRequest request) throws ProviderError {
    List<String> headers = request.getHeaders().values("Authorization");
    if (headers.size() != 1 || !headers.get(0).startsWith(SCHEME)) {
      throw IotxError.UNAUTHORIZED.error("An authorization header with a bearer token is needed.");
    }
    String token = headers.get(0).substring(SCHEME.length());
    if (!token.equals(fixed) && !isGood(token)) {
      throw expired();
    }
  }

  /**
   * Lets the token that a request carries expire, and returns the error that request meets. The
   * fixed token is good again for the next request: nobody could renew it.
   */
  synchronized ProviderError expire(RecordedRequest request) throws ProviderError {
    require(request);
    expiries
        .keySet()
        .removeAll(Set.of(request.getHeaders().values("Authorization").get(0).substring(7)));
    return expired();
  }

  private boolean isGood(String token) {
    Instant expiry = expiries.get(token);
    return expiry != null && clock.instant().isBefore(expiry);
  }

  private static ProviderError expired() {
    return IotxError.UNAUTHORIZED.error("The token is not valid or has expired.");
  }
}
