package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.SeededRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one ThingSpace user, as the page "Start Connectivity Management Session"
 * describes them: valid until 20 minutes without use. Five failed logins in a row lock the user.
 * Thread-safe.
 */
final class M2mSessions {
  static final String HEADER = "VZ-M2M-Token";

  private static final Duration IDLE_LIFETIME = Duration.ofMinutes(20);
  private static final int FAILURES_THAT_LOCK = 5;
  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final ThingSpaceAccount account;
  private final Clock clock;
  private final SeededRandom random;
  private final Map<String, Instant> lastUses = new HashMap<>();
  private long logins;
  private long failures;
  private int failuresInARow;

  M2mSessions(ThingSpaceAccount account, Clock clock, long seed) {
    this.account = account;
    this.clock = clock;
    this.random = new SeededRandom(seed, 2);
  }

  /** Opens a session; earlier sessions stay open. */
  synchronized String logIn(String username, String password) throws ProviderError {
    if (isLocked()) {
      failures++;
      throw M2mError.PASSWORD_INVALID.error("The user is locked. Contact support.");
    }
    if (!username.equals(account.username()) || !password.equals(account.password())) {
      failures++;
      failuresInARow++;
      throw M2mError.PASSWORD_INVALID.error("The username or the password is not valid.");
    }
    failuresInARow = 0;
    logins++;
    String session = new UUID(random.nextLong(), random.nextLong()).toString();
    lastUses.put(session, clock.instant());
    return session;
  }

  /** Refuses a request without a valid session. */
  synchronized void require(RecordedRequest request) throws ProviderError {
    String presented = presented(request);
    if (presented.equals(account.fixedSession())) {
      return;
    }
    @Nullable Instant lastUse = lastUses.get(presented);
    if (lastUse == null) {
      throw M2mError.SESSION_INVALID.error(
          GUID.matcher(presented).matches()
              ? "The session token is not known."
              : "The session token is not a valid GUID.");
    }
    if (!clock.instant().isBefore(lastUse.plus(IDLE_LIFETIME))) {
      throw expired();
    }
  }

  /** Extends the valid session of a request by 20 minutes. */
  synchronized void use(RecordedRequest request) throws ProviderError {
    require(request);
    lastUses.replace(presented(request), clock.instant());
  }

  /**
   * Expires the session of a request and returns the error for the request. A fixed session, which
   * a client cannot refresh, is valid again for the next request.
   */
  synchronized ProviderError expire(RecordedRequest request) throws ProviderError {
    require(request);
    lastUses.replace(presented(request), Instant.MIN);
    return expired();
  }

  synchronized long logins() {
    return logins;
  }

  synchronized long failures() {
    return failures;
  }

  synchronized boolean isLocked() {
    return failuresInARow >= FAILURES_THAT_LOCK;
  }

  synchronized void unlock() {
    failuresInARow = 0;
  }

  private static String presented(RecordedRequest request) throws ProviderError {
    @Nullable String header = request.getHeaders().get(HEADER);
    if (header == null || header.isEmpty()) {
      throw M2mError.SESSION_MISSING.error("The session token is not in the header.");
    }
    return header;
  }

  private static ProviderError expired() {
    return M2mError.SESSION_EXPIRED.error("The session has expired.");
  }
}
