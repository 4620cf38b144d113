package io.simtally.core.auth;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.core.auth.RefreshingToken.Issued;
import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.ErrorBody;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.JsonBody;
import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.Redaction;
import io.simtally.core.internal.TokenRefusal;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.FormBody;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two token requests of ThingSpace: OAuth token and M2M session.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/resources/documentation/connectivity/API_Reference/Start_Connectivity_Management_Session/">Start
 *     session</a>
 */
final class ThingSpaceLogin {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.auth");
  private static final MediaType JSON = MediaType.get("application/json");

  /** The shortest timeout of a login: the service may process it after its caller gave up. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The documented lifetime of a token, if its answer has none. */
  private static final Duration BEARER_LIFETIME = Duration.ofHours(1);

  /** Longer than a clock of nanoseconds can count. */
  private static final BigDecimal FOR_EVER = BigDecimal.valueOf(Long.MAX_VALUE);

  private static final String TOKEN = "/ts/v1/oauth2/token";
  private static final String SESSION = "/m2m/v1/session/login";

  private final HttpUrl baseUrl;
  private final Call.Factory calls;
  private final ThingSpaceCredentials.Login login;
  private final Redaction redaction;
  private final LoginAttempts attempts;
  private volatile @Nullable LoginFailureException refusedClient;

  ThingSpaceLogin(
      HttpUrl baseUrl, Call.Factory calls, ThingSpaceCredentials.Login login, Redaction redaction) {
    this.baseUrl = baseUrl;
    this.calls = calls;
    this.login = login;
    this.redaction = redaction;
    this.attempts = LoginAttempts.of(login.username(), baseUrl);
  }

  /** Returns the source of bearer tokens. Within an hour, the server returns the same token. */
  RefreshingToken.Source bearers() {
    return new RefreshingToken.Source() {
      @Override
      public void check(AuthContext starter) throws LoginFailureException {
        var refusal = refusedClient;
        if (refusal != null) {
          throw refusal.again();
        }
      }

      @Override
      public Issued issue(AuthContext starter) throws IOException {
        return bearer(starter);
      }
    };
  }

  /** Returns the source of session tokens. */
  RefreshingToken.Source sessions(TokenCache bearers) {
    return new RefreshingToken.Source() {
      @Override
      public void check(AuthContext starter) throws LoginFailureException {
        attempts.check(login.password(), starter.time());
      }

      @Override
      public Issued issue(AuthContext starter) throws IOException {
        attempts.lock();
        try {
          return session(starter, bearers);
        } finally {
          attempts.unlock();
        }
      }
    };
  }

  void forgetRefusal() {
    refusedClient = null;
  }

  private Issued bearer(AuthContext starter) throws IOException {
    var request =
        new Request.Builder()
            .url(url(TOKEN))
            .header("Authorization", "Basic " + login.basic().reveal())
            .post(new FormBody.Builder().add("grant_type", "client_credentials").build())
            .build();
    var answer = send(TOKEN, request, starter);
    if (answer.status() == 200) {
      return issued(TOKEN, answer, "access_token", BEARER_LIFETIME);
    }
    if (!refusesClient(answer)) {
      throw LoginFailureException.answered(message(TOKEN, "gave no token", answer), answer);
    }
    var refusal =
        LoginFailureException.refused(message(TOKEN, "refused the key and secret", answer), answer);
    refusedClient = refusal;
    throw refusal;
  }

  /** Opens a session. If the server refuses the bearer, it is refreshed once. */
  private Issued session(AuthContext starter, TokenCache bearers) throws IOException {
    var waiting = new RefreshContext(starter);
    var bearer = bearers.get(waiting);
    var answer = login(bearer, starter);
    if (refusesBearer(answer) && bearers.refused(bearer, starter) != TokenRefusal.FINAL) {
      attempts.failed(noSession(answer), login.password(), starter.time());
      answer = login(bearers.get(waiting), starter);
    }
    try {
      if (answer.status() != 200) {
        throw noSession(answer);
      }
      var session = issued(SESSION, answer, "sessionToken", null);
      attempts.opened();
      return session;
    } catch (LoginFailureException e) {
      if (!isUnjudged(answer)) {
        attempts.failed(remembered(e), login.password(), starter.time());
      }
      throw e;
    }
  }

  /** Sends a login. A login that was not sent or not judged does not count as a failure. */
  private LoginFailureException.Answer login(Token bearer, AuthContext starter) throws IOException {
    attempts.check(login.password(), starter.time());
    var body =
        new SentBody(
            JSON,
            JsonBody.write(
                json ->
                    json.beginObject()
                        .name("username")
                        .value(login.username().reveal())
                        .name("password")
                        .value(login.password().reveal())
                        .endObject()));
    try {
      return send(
          SESSION,
          new Request.Builder()
              .url(url(SESSION))
              .header("Authorization", "Bearer " + bearer.reveal())
              .post(body)
              .build(),
          starter);
    } catch (LoginFailureException e) {
      if (body.isSent()) {
        attempts.failed(remembered(e), login.password(), starter.time());
      }
      throw e;
    }
  }

  private static LoginFailureException noSession(LoginFailureException.Answer answer) {
    return refusesUser(answer)
        ? LoginFailureException.refused(message(SESSION, "refused the login", answer), answer)
        : LoginFailureException.answered(message(SESSION, "opened no session", answer), answer);
  }

  /**
   * Returns a failure for later callers, perhaps with another password, without the credentials
   * that the answer echoes.
   */
  private LoginFailureException remembered(LoginFailureException failure) {
    var answer = failure.answer();
    var message = String.valueOf(failure.getMessage());
    if (answer == null) {
      return LoginFailureException.unanswered(
          message + " (" + causeOf(failure) + ")", new IOException(causeOf(failure)));
    }
    var body = redaction.redactTruncated(answer.body());
    var visible = new LoginFailureException.Answer(answer.status(), Headers.EMPTY, body);
    return failure.isRefused()
        ? LoginFailureException.refused(message, visible)
        : LoginFailureException.answered(message, visible);
  }

  private static String causeOf(LoginFailureException failure) {
    var cause = failure.getCause();
    return cause == null ? "no answer" : cause.getClass().getSimpleName();
  }

  private HttpUrl url(String path) {
    return baseUrl.newBuilder().addPathSegments(path.substring(1)).build();
  }

  private LoginFailureException.Answer send(String path, Request request, AuthContext starter)
      throws IOException {
    var call = calls.newCall(request);
    var left = starter.timeLeft();
    call.timeout()
        .timeout(
            (left.compareTo(PATIENCE) > 0 ? left : PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
    try (Response response = call.execute()) {
      LOG.debug("POST {} -> {}", path, response.code());
      // A token that breaks off is a lost connection. The beginning of a refusal is enough.
      var body = response.isSuccessful() ? ErrorBody.peek(response) : ErrorBody.read(response);
      return new LoginFailureException.Answer(response.code(), response.headers(), body);
    } catch (IOException e) {
      LOG.debug("POST {} failed: {}", path, e.getClass().getSimpleName());
      throw LoginFailureException.unanswered("POST " + path + " was not answered", e);
    }
  }

  private static boolean refusesClient(LoginFailureException.Answer answer) {
    var status = answer.status();
    return status == 401
        || ((status == 400 || status == 403) && ErrorBody.parse(answer.body()).code() != null);
  }

  /**
   * Returns whether the gateway refused the bearer, before the login service received user and
   * password.
   */
  private static boolean refusesBearer(LoginFailureException.Answer answer) {
    return answer.status() == 401 && ErrorBody.parse(answer.body()).faultCode() != null;
  }

  /** Returns whether a busy gateway kept the login from the login service. */
  private static boolean isUnjudged(LoginFailureException.Answer answer) {
    var status = answer.status();
    return (status == 429 || status == 503) && !isLoginCode(ErrorBody.parse(answer.body()));
  }

  /** Returns whether the service would refuse the same user and password again. */
  private static boolean refusesUser(LoginFailureException.Answer answer) {
    var error = ErrorBody.parse(answer.body());
    if (error.faultCode() != null || String.valueOf(error.code()).endsWith(".UnexpectedError")) {
      return false;
    }
    return switch (answer.status()) {
      case 401, 423 -> true;
      case 400, 403, 422 -> error.code() != null;
      default -> isLoginCode(error);
    };
  }

  /**
   * Returns whether an error code is about the login, {@code
   * LoginModule.INPUT_INVALID.Password.Invalid}.
   */
  private static boolean isLoginCode(ErrorBody error) {
    var code = error.code();
    return error.faultCode() == null
        && code != null
        && (code.contains("LoginModule") || code.contains("INPUT_INVALID"));
  }

  private static String message(String path, String what, LoginFailureException.Answer answer) {
    return "POST " + path + " " + what + " (status " + answer.status() + ")";
  }

  private static Issued issued(
      String path, LoginFailureException.Answer answer, String member, @Nullable Duration lifetime)
      throws LoginFailureException {
    try {
      var members = members(answer.body());
      var seconds = members.get("expires_in");
      return new Issued(
          Secret.ofHeader(member, members.get(member)),
          seconds == null || lifetime == null ? lifetime : lifetime(seconds, lifetime));
    } catch (IOException | JsonDataException | IllegalArgumentException unreadable) {
      // The body may contain a token under an unknown name.
      var hidden = new LoginFailureException.Answer(answer.status(), Headers.EMPTY, "");
      throw LoginFailureException.answered(
          message(path, "answered without " + member, answer), hidden);
    }
  }

  /** Parses a lifetime. A token with an unreadable lifetime is kept. */
  private static Duration lifetime(String seconds, Duration otherwise) {
    try {
      if (seconds.chars().anyMatch(c -> c > '\u007f')) {
        return otherwise; // BigDecimal accepts digits of other scripts
      }
      var number = new BigDecimal(seconds);
      if (number.signum() <= 0) {
        return Duration.ZERO;
      }
      return number.compareTo(FOR_EVER) >= 0
          ? Duration.ofSeconds(FOR_EVER.longValue())
          : Duration.ofSeconds(number.longValue());
    } catch (NumberFormatException noNumber) {
      return otherwise;
    }
  }

  private static Map<String, String> members(String body) throws IOException {
    var members = new HashMap<String, String>();
    var reader = JsonReader.of(new Buffer().writeUtf8(body));
    reader.beginObject();
    while (reader.hasNext()) {
      var name = reader.nextName();
      switch (reader.peek()) {
        case STRING, NUMBER -> members.put(name, Json.text(reader));
        default -> reader.skipValue();
      }
    }
    reader.endObject();
    return members;
  }
}
