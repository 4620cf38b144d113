package io.simtally.core.auth;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.core.auth.TokenCache.Issued;
import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.ErrorBody;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.JsonBody;
import io.simtally.core.internal.LoginFailure;
import java.io.IOException;
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
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two requests that open ThingSpace: the OAuth token and the M2M session.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/resources/documentation/connectivity/API_Reference/Start_Connectivity_Management_Session/">Start
 *     session</a>
 */
final class ThingSpaceLogin {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.auth");
  private static final MediaType JSON = MediaType.get("application/json");

  /** An issue of its own, so that one hung server does not hold the renewal for ever. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** What the page says of a token whose answer does not. */
  private static final Duration BEARER_LIFETIME = Duration.ofHours(1);

  private static final String TOKEN = "/ts/v1/oauth2/token";
  private static final String SESSION = "/m2m/v1/session/login";

  private final HttpUrl baseUrl;
  private final Call.Factory calls;
  private final ThingSpaceCredentials.Login login;

  ThingSpaceLogin(HttpUrl baseUrl, Call.Factory calls, ThingSpaceCredentials.Login login) {
    this.baseUrl = baseUrl;
    this.calls = calls;
    this.login = login;
  }

  /** Fetches a bearer token. Within its hour the server hands out the same one. */
  Issued bearer() throws IOException {
    var request =
        new Request.Builder()
            .url(url(TOKEN))
            .header("Authorization", "Basic " + login.basic().reveal())
            .post(new FormBody.Builder().add("grant_type", "client_credentials").build())
            .build();
    var answer = send(TOKEN, request);
    if (answer.status() != 200) {
      throw refusesClient(answer)
          ? LoginFailure.refused(message(TOKEN, "refused the key and secret", answer), answer)
          : LoginFailure.answered(message(TOKEN, "gave no token", answer), answer);
    }
    return issued(TOKEN, answer, "access_token", BEARER_LIFETIME);
  }

  /** Opens a session; a bearer that is refused on the way is renewed once. */
  Issued session(@Nullable AuthContext starter, TokenCache bearers) throws IOException {
    TokenCache.Source source = ignored -> bearer();
    var bearer = bearers.getOnTheWay(starter, source);
    var answer = login(bearer);
    if (refusesBearer(answer) && bearers.refused(bearer)) {
      bearer = bearers.getOnTheWay(starter, source);
      answer = login(bearer);
    }
    if (answer.status() != 200) {
      throw refusesUser(answer)
          ? LoginFailure.refused(message(SESSION, "refused the login", answer), answer)
          : LoginFailure.answered(message(SESSION, "opened no session", answer), answer);
    }
    return issued(SESSION, answer, "sessionToken", null);
  }

  private LoginFailure.Answer login(TokenCache.Token bearer) throws IOException {
    var body =
        JsonBody.write(
            json ->
                json.beginObject()
                    .name("username")
                    .value(login.username().reveal())
                    .name("password")
                    .value(login.password().reveal())
                    .endObject());
    return send(
        SESSION,
        new Request.Builder()
            .url(url(SESSION))
            .header("Authorization", "Bearer " + bearer.reveal())
            .post(RequestBody.create(body, JSON))
            .build());
  }

  private HttpUrl url(String path) {
    return baseUrl.newBuilder().addPathSegments(path.substring(1)).build();
  }

  private LoginFailure.Answer send(String path, Request request) throws IOException {
    var call = calls.newCall(request);
    call.timeout().timeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    try (Response response = call.execute()) {
      LOG.debug("POST {} -> {}", path, response.code());
      // A token that breaks off is a lost connection; of a refusal the beginning is enough.
      var body = response.isSuccessful() ? ErrorBody.peek(response) : ErrorBody.read(response);
      return new LoginFailure.Answer(response.code(), response.headers(), body);
    } catch (IOException e) {
      LOG.debug("POST {} failed: {}", path, e.getClass().getSimpleName());
      throw LoginFailure.unanswered("POST " + path + " was not answered", e);
    }
  }

  private static boolean refusesClient(LoginFailure.Answer answer) {
    var status = answer.status();
    return status == 401
        || ((status == 400 || status == 403) && ErrorBody.parse(answer.body()).code() != null);
  }

  /** The gateway turned the bearer down before the login service saw user and password. */
  private static boolean refusesBearer(LoginFailure.Answer answer) {
    return answer.status() == 401 && ErrorBody.parse(answer.body()).faultCode() != null;
  }

  /**
   * Whether sending the same user and password again would count as one more failed login. Where
   * that is not certain, it is assumed: only support can unlock an account.
   */
  private static boolean refusesUser(LoginFailure.Answer answer) {
    var status = answer.status();
    var error = ErrorBody.parse(answer.body());
    if (error.faultCode() != null || String.valueOf(error.code()).endsWith(".UnexpectedError")) {
      return false;
    }
    return status == 401 || ((status == 400 || status == 403) && error.code() != null);
  }

  private static String message(String path, String what, LoginFailure.Answer answer) {
    return "POST " + path + " " + what + " (status " + answer.status() + ")";
  }

  private static Issued issued(
      String path, LoginFailure.Answer answer, String member, @Nullable Duration lifetime)
      throws LoginFailure {
    try {
      var members = members(answer.body());
      var seconds = members.get("expires_in");
      return new Issued(
          Secret.ofHeader(member, members.get(member)),
          seconds == null || lifetime == null
              ? lifetime
              : Duration.ofSeconds(Math.max(0, Long.parseLong(seconds))));
    } catch (IOException | JsonDataException | IllegalArgumentException unreadable) {
      // There may be a token in there, under a name that nobody knows to blot out.
      var hidden = new LoginFailure.Answer(answer.status(), Headers.EMPTY, "");
      throw LoginFailure.answered(message(path, "answered without " + member, answer), hidden);
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
