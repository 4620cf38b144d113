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
 * good for one hour from its first issue, and the same for whoever asks within that hour.
 * Thread-safe.
 */
final class ThingSpaceTokens {
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final ThingSpaceAccount account;
  private final Clock clock;
  private final SeededRandom random;
  private @Nullable Token current;
  private long issued;

  ThingSpaceTokens(ThingSpaceAccount account, Clock clock, long seed) {
    this.account = account;
    this.clock = clock;
    this.random = new SeededRandom(seed, 1);
  }

  /** An access token with the rest of its lifetime. */
  record Grant(String token, long remainingSeconds) {}

  private record Token(String value, Instant expiresAt) {}

  /** Hands out the token of this hour. */
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

  /** Refuses a request that does not carry the application's key and secret. */
  void requireApplication(RecordedRequest request) throws ProviderError {
    String presented = Authorization.credential(request, "Basic");
    String expected = account.key() + ":" + account.secret();
    if (!presented.equals(ByteString.encodeUtf8(expected).base64())) {
      throw OAuthError.INVALID_CLIENT.error("A valid OAuth client could not be found");
    }
  }

  /** Refuses a request without a good token. */
  synchronized void require(RecordedRequest request) throws ProviderError {
    String presented = Authorization.credential(request, "Bearer");
    if (!presented.equals(account.fixedBearer()) && !isGood(presented)) {
      throw expired(request);
    }
  }

  /**
   * Lets the token that a request carries expire, and returns the error that request meets. A fixed
   * token is good again for the next request: nobody could renew it.
   */
  synchronized ProviderError expire(RecordedRequest request) throws ProviderError {
    require(request);
    // The presented token only: a client may hold a newer one by now.
    if (isGood(Authorization.credential(request, "Bearer"))) {
      current = null;
    }
    return expired(request);
  }

  private boolean isGood(String presented) {
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
