package io.simtally.core.auth;

import io.simtally.core.internal.Preconditions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What ThingSpace asks of a caller: an OAuth bearer token and a session token of the M2M service.
 * Give one object to all ThingSpace clients of a program: they then share one login. Thread-safe.
 *
 * <p>Tokens are fetched when first needed, kept, refreshed before they expire and refreshed once
 * when they are refused.
 *
 * <p>ThingSpace locks a user after five logins in a row that failed, and only its support unlocks
 * one. Nothing is published about when it forgets failures, whether an answer that never arrived
 * counts, or whether logins from elsewhere count together, so less is risked here: a login that was
 * clearly refused is not sent again by anybody in this process, and of logins that were sent and
 * brought no session at most three in a row and one more 15 minutes later. Later calls fail at once
 * as {@code UNAUTHENTICATED}, with what the service said last, until {@link #forgetRefusal()}. What
 * does not count: a login that never reached the service, and 429 or 503 that says nothing of the
 * login.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/documentation/apis/connectivity-management/getting-started/getting-credentials.html">Getting
 *     credentials</a>
 */
public final class ThingSpaceCredentials {
  private static final String KEY = "THINGSPACE_KEY";
  private static final String SECRET = "THINGSPACE_SECRET";
  private static final String USERNAME = "THINGSPACE_USERNAME";
  private static final String PASSWORD = "THINGSPACE_PASSWORD";
  private static final String TOKEN = "THINGSPACE_TOKEN";
  private static final String M2M_TOKEN = "THINGSPACE_M2M_TOKEN";

  /** Null for fixed tokens. */
  private final @Nullable Login login;

  private final List<Secret> secrets;
  private final Map<HttpUrl, ThingSpaceTokens> tokens = new ConcurrentHashMap<>();

  private ThingSpaceCredentials(@Nullable Login login, List<Secret> secrets) {
    this.login = login;
    this.secrets = secrets;
  }

  /**
   * Begins with the key and the secret of an application, as the ThingSpace portal shows them.
   *
   * @param key the application's key
   * @param secret the application's secret
   * @return credentials that lack the user, see {@link OAuth#login}
   * @throws IllegalArgumentException if one is null, blank or holds a line break
   */
  public static OAuth oauth(String key, String secret) {
    return new OAuth(Secret.of("key", key), Secret.of("secret", secret));
  }

  /**
   * Takes tokens that somebody else fetches. They are not refreshed, and not sent again in a call
   * that they were refused in.
   *
   * @param bearer the OAuth bearer token, without the word {@code Bearer}
   * @param m2mSessionToken the session token of the M2M service
   * @return credentials that are complete
   * @throws IllegalArgumentException if one is null, blank, holds a line break or is not ASCII
   */
  public static ThingSpaceCredentials tokens(String bearer, String m2mSessionToken) {
    return new ThingSpaceCredentials(
        null,
        List.of(
            Secret.ofHeader("bearer", bearer),
            Secret.ofHeader("m2mSessionToken", m2mSessionToken)));
  }

  /**
   * Reads the credentials from the environment: {@code THINGSPACE_KEY}, {@code THINGSPACE_SECRET},
   * {@code THINGSPACE_USERNAME} and {@code THINGSPACE_PASSWORD}, or else {@code THINGSPACE_TOKEN}
   * and {@code THINGSPACE_M2M_TOKEN}.
   *
   * @return credentials that are complete; those of the login if both sets are there
   * @throws IllegalStateException if neither set is complete; the message names what is missing
   * @throws IllegalArgumentException if a variable holds a line break or what is not ASCII
   */
  public static ThingSpaceCredentials fromEnv() {
    return fromEnv(System.getenv());
  }

  /**
   * The same from a map of the same names.
   *
   * @param environment as {@link System#getenv()}
   * @return credentials that are complete; those of the login if both sets are there
   * @throws IllegalStateException if neither set is complete; the message names what is missing
   * @throws IllegalArgumentException if it is null, or a variable holds a line break or what is not
   *     ASCII
   */
  public static ThingSpaceCredentials fromEnv(Map<String, String> environment) {
    Preconditions.present("environment", environment);
    var login = List.of(KEY, SECRET, USERNAME, PASSWORD);
    var tokens = List.of(TOKEN, M2M_TOKEN);
    if (missing(login, environment).isEmpty()) {
      return oauth(environment.getOrDefault(KEY, ""), environment.getOrDefault(SECRET, ""))
          .login(environment.getOrDefault(USERNAME, ""), environment.getOrDefault(PASSWORD, ""));
    }
    if (missing(tokens, environment).isEmpty()) {
      return tokens(environment.getOrDefault(TOKEN, ""), environment.getOrDefault(M2M_TOKEN, ""));
    }
    throw new IllegalStateException(
        "ThingSpace credentials are missing: set "
            + String.join(", ", missing(login, environment))
            + ", or else "
            + String.join(", ", missing(tokens, environment)));
  }

  private static List<String> missing(List<String> names, Map<String, String> environment) {
    return names.stream().filter(name -> environment.getOrDefault(name, "").isBlank()).toList();
  }

  /**
   * Allows logins of this user to be sent again, for example after the account was unlocked: by
   * everybody in this process who holds credentials of the same user.
   */
  public void forgetRefusal() {
    if (login != null) {
      LoginAttempts.forget(login.username());
    }
    tokens.values().forEach(ThingSpaceTokens::forgetRefusal);
  }

  /** Never shows a credential. */
  @Override
  public String toString() {
    return login == null ? "ThingSpaceCredentials[fixed tokens]" : "ThingSpaceCredentials[login]";
  }

  /** The tokens for one base URL: what one server issued is never sent to another. */
  ThingSpaceTokens tokensFor(HttpUrl baseUrl, Call.Factory calls) {
    return tokens.computeIfAbsent(
        baseUrl,
        url ->
            login == null
                ? ThingSpaceTokens.fixed(secrets.get(0), secrets.get(1))
                : ThingSpaceTokens.refreshing(
                    new ThingSpaceLogin(url, calls, login, SecretRedaction.of(secrets))));
  }

  /** What an answer might echo, but for the tokens. */
  List<Secret> secrets() {
    return secrets;
  }

  /** The four words of a login. */
  record Login(Secret basic, Secret username, Secret password) {}

  /** An application's key and secret, without a user yet. */
  public static final class OAuth {
    private final Secret key;
    private final Secret secret;

    private OAuth(Secret key, Secret secret) {
      this.key = key;
      this.secret = secret;
    }

    /**
     * Completes the credentials with the user that opens the M2M session.
     *
     * @param username the user's name
     * @param password the user's password
     * @return credentials that are complete; nothing is sent before a call needs a token
     * @throws IllegalArgumentException if one is null, blank or holds a line break
     */
    public ThingSpaceCredentials login(String username, String password) {
      var basic = Secret.of("key and secret", base64(key.reveal() + ":" + secret.reveal()));
      var login =
          new Login(basic, Secret.of("username", username), Secret.of("password", password));
      return new ThingSpaceCredentials(
          login, List.of(basic, key, secret, login.username(), login.password()));
    }

    private static String base64(String text) {
      return ByteString.encodeString(text, StandardCharsets.UTF_8).base64();
    }

    /** Never shows a credential. */
    @Override
    public String toString() {
      return "ThingSpaceCredentials.OAuth";
    }
  }
}
