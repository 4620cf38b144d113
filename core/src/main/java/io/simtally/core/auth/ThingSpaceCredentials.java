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
 * The credentials of ThingSpace: an OAuth bearer token and a session token of the M2M service.
 * ThingSpace clients with the same object share one login. Thread-safe.
 *
 * <p>The tokens are fetched when a call first needs them, refreshed before they expire, and
 * refreshed once when they are refused.
 *
 * <p>ThingSpace locks a user after five failed logins in a row, and only its support unlocks the
 * user. It does not document when it forgets failures, whether a lost answer counts, or whether
 * logins of several programs add up. So this process never repeats a login that was clearly
 * refused. If sent logins open no session for other reasons, it sends at most three in a row and
 * one more 15 minutes later. Later calls fail immediately as {@code UNAUTHENTICATED} with the last
 * message of the service, until {@link #forgetRefusal()}. A login that never reached the service
 * does not count, nor does a 429 or 503 without an error code of the login.
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
   * Starts with the key and the secret of an application from the ThingSpace portal.
   *
   * @param key the application's key
   * @param secret the application's secret
   * @return credentials without a user, see {@link OAuth#login}
   * @throws IllegalArgumentException if one is null, blank or holds a line break
   */
  public static OAuth oauth(String key, String secret) {
    return new OAuth(Secret.of("key", key), Secret.of("secret", secret));
  }

  /**
   * Uses fixed tokens. They are not refreshed, and a call does not repeat a refused token.
   *
   * @param bearer the OAuth bearer token, without the word {@code Bearer}
   * @param m2mSessionToken the session token of the M2M service
   * @return complete credentials
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
   * @return complete credentials; those of the login if both sets are complete
   * @throws IllegalStateException if neither set is complete; the message names what is missing
   * @throws IllegalArgumentException if a variable holds a line break or what is not ASCII
   */
  public static ThingSpaceCredentials fromEnv() {
    return fromEnv(System.getenv());
  }

  /**
   * Reads the credentials from a map with the names of {@link #fromEnv()}.
   *
   * @param environment the variables, as in {@link System#getenv()}
   * @return complete credentials; those of the login if both sets are complete
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
   * Allows logins of this user again, for example after the account was unlocked. The permission
   * holds for all credentials of the user in this process.
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

  /** Returns the tokens of one base URL: a token of one server is never sent to another. */
  ThingSpaceTokens tokensFor(HttpUrl baseUrl, Call.Factory calls) {
    return tokens.computeIfAbsent(
        baseUrl,
        url ->
            login == null
                ? ThingSpaceTokens.fixed(secrets.get(0), secrets.get(1))
                : ThingSpaceTokens.refreshing(
                    new ThingSpaceLogin(url, calls, login, SecretRedaction.of(secrets))));
  }

  /** Returns the credentials that a response may echo, except the tokens. */
  List<Secret> secrets() {
    return secrets;
  }

  /** The credentials of a login. */
  record Login(Secret basic, Secret username, Secret password) {}

  /** The key and the secret of an application, without a user. */
  public static final class OAuth {
    private final Secret key;
    private final Secret secret;

    private OAuth(Secret key, Secret secret) {
      this.key = key;
      this.secret = secret;
    }

    /**
     * Adds the user of the M2M session.
     *
     * @param username the user's name
     * @param password the user's password
     * @return complete credentials; the login is sent when a call needs a token
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
