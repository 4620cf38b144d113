package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.SeededRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import mockwebserver3.RecordedRequest;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The access token of one ThingSpace application, as the page "Getting Credentials" describes it:
 * valid for one hour from its first issue, and shared by all requests within that hour.
 * Thread-safe.
 */
final class AccessTokens {
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final ThingSpaceAccount account;
  private final Clock clock;
  private final SeededRandom random;
  private @Nullable Token current;
  private long issued;

  AccessTokens(ThingSpaceAccount account, Clock clock, long seed) {
    this.account = account;
    this.clock = clock;
    this.random = new SeededRandom(seed, 1);
  }

  /** An access token with the rest of its lifetime. */
  record Grant(String token, long remainingSeconds) {}

  private record Token(String value, Instant expiresAt) {}

  /** Returns the token of this hour. */
  synchronized Grant grant() {
    Instant now = clock.instant();
    Token token = current;
    if (token == null || !now.isBefore(token.expiresAt)) {
      token = new Token(mint(), now.plus(LIFETIME));
      current = token;
      issued++;
    }
    return new Grant(token.value, Duration.between(now, token.expiresAt).toSeconds());
  }

  synchronized long issued() {
    return issued;
  }

  /** Refuses a request without the application's key and secret. */
  void requireApplication(RecordedRequest request) throws ProviderError {
    String presented = ThingSpaceRequest.credential(request, "Basic");
    String expected = account.key() + ":" + account.secret();
    if (!presented.equals(ByteString.encodeUtf8(expected).base64())) {
      throw OAuthError.INVALID_CLIENT.error("A valid OAuth client could not be found");
    }
  }

  /** Refuses a request without a valid token. */
  synchronized void require(RecordedRequest request) throws ProviderError {
    String presented = ThingSpaceRequest.credential(request, "Bearer");
    if (!presented.equals(account.fixedBearer()) && !isValid(presented)) {
      throw expired(request);
    }
  }

  /**
   * Expires the token of a request and returns the error for the request. A fixed token, which a
   * client cannot refresh, is valid again for the next request.
   */
  synchronized ProviderError expire(RecordedRequest request) throws ProviderError {
    require(request);
    // Only the presented token: the client may have a newer one.
    if (isValid(ThingSpaceRequest.credential(request, "Bearer"))) {
      current = null;
    }
    return expired(request);
  }

  private boolean isValid(String presented) {
    Token token = current;
    return token != null
        && token.value.equals(presented)
        && clock.instant().isBefore(token.expiresAt);
  }

  private static ProviderError expired(RecordedRequest request) {
    return GatewayError.INVALID_CREDENTIALS.error(GatewayError.api(request));
  }

  private String mint() {
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }
}
