package io.simtally.simulator.iotx;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.SeededRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;

/**
 * The bearer tokens of a simulated company: a fixed one, like that of the portal, and temporary
 * ones of 899 seconds, as on the page "How to authenticate API calls". Thread-safe.
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

  /** Refuses a request without a valid token. */
  void require(RecordedRequest request) throws ProviderError {
    valid(request);
  }

  private synchronized String valid(RecordedRequest request) throws ProviderError {
    List<String> headers = request.getHeaders().values("Authorization");
    if (headers.size() != 1 || !headers.get(0).startsWith(SCHEME)) {
      throw IotxError.UNAUTHORIZED.error("An authorization header with a bearer token is needed.");
    }
    String token = headers.get(0).substring(SCHEME.length());
    Instant expiry = expiries.getOrDefault(token, Instant.MIN);
    if (!token.equals(fixed) && !clock.instant().isBefore(expiry)) {
      throw expired();
    }
    return token;
  }

  /**
   * Expires the token of a request and returns the error for the request. The fixed token, which a
   * client cannot refresh, is valid again for the next request.
   */
  synchronized ProviderError expire(RecordedRequest request) throws ProviderError {
    expiries.remove(valid(request));
    return expired();
  }

  private static ProviderError expired() {
    return IotxError.UNAUTHORIZED.error("The token is not valid or has expired.");
  }
}
