package io.simtally.core.auth;

import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.Time;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Counts the logins of one user at one server that opened no session, for all credentials objects
 * of this process. ThingSpace locks a user after five failures in a row and does not document what
 * counts as one. So every login that was sent and opened no session counts here, whatever its
 * answer says. The only state that the whole process shares. Thread-safe.
 */
final class LoginAttempts {
  /** Two fewer than lock the account. One more is sent after the pause, the fifth never. */
  private static final int MOST_IN_A_ROW = 3;

  private static final Duration PAUSE = Duration.ofMinutes(15);

  /** Keys are a digest of the user's name, then the server's origin. */
  private static final Map<ByteString, Map<String, LoginAttempts>> BY_USER =
      new ConcurrentHashMap<>();

  private final ReentrantLock sending = new ReentrantLock();

  private int failures;
  private long lastSent;
  private @Nullable LoginFailureException last;

  /** The digest of the refused password, or null. */
  private @Nullable ByteString refused;

  private LoginAttempts() {}

  /** Returns the attempts of a user at the server of {@code baseUrl}. */
  static LoginAttempts of(Secret username, HttpUrl baseUrl) {
    return BY_USER
        .computeIfAbsent(digest(username), user -> new ConcurrentHashMap<>())
        .computeIfAbsent(origin(baseUrl), origin -> new LoginAttempts());
  }

  /** Forgets the failures of a user at all servers. */
  static void forget(Secret username) {
    BY_USER.getOrDefault(digest(username), Map.of()).values().forEach(LoginAttempts::forget);
  }

  /** Serializes logins, so that each one sees the result of the one before. */
  void lock() {
    sending.lock();
  }

  void unlock() {
    sending.unlock();
  }

  /**
   * Checks whether another login may be sent.
   *
   * @throws LoginFailureException if it must not be sent
   */
  synchronized void check(Secret password, Time time) throws LoginFailureException {
    if (last == null) {
      return;
    }
    if (digest(password).equals(refused)) {
      throw notSent("the login was refused before");
    }
    if (failures > MOST_IN_A_ROW) {
      throw notSent(failures + " logins in a row have opened no session");
    }
    if (failures == MOST_IN_A_ROW && time.nanoTime() - lastSent < PAUSE.toNanos()) {
      throw notSent(
          failures
              + " logins in a row have opened no session, and the next is sent "
              + PAUSE.toMinutes()
              + " minutes after the last");
    }
  }

  synchronized void opened() {
    forget();
  }

  /**
   * Records a login that was sent and opened no session.
   *
   * @param failure the failure, free of credentials
   * @param password the password of the login
   */
  synchronized void failed(LoginFailureException failure, Secret password, Time time) {
    failures++;
    lastSent = time.nanoTime();
    last = failure;
    if (failure.isRefused()) {
      refused = digest(password);
    }
  }

  private synchronized void forget() {
    failures = 0;
    last = null;
    refused = null;
  }

  private LoginFailureException notSent(String why) {
    var cause = last;
    return LoginFailureException.refused(
        "no login is sent, since "
            + why
            + " and five failures in a row lock the account; when the cause is mended, call"
            + " forgetRefusal(). The last one: "
            + (cause == null ? "unknown" : cause.getMessage()),
        cause == null ? null : cause.answer());
  }

  private static String origin(HttpUrl url) {
    return url.scheme() + "://" + url.host() + ":" + url.port();
  }

  private static ByteString digest(Secret secret) {
    return ByteString.encodeUtf8(secret.reveal()).sha256();
  }
}
