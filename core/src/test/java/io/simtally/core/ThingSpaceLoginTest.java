package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.auth.ThingSpaceAuth;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks which failed logins are not sent again, because they may lock the account. */
class ThingSpaceLoginTest {
  private static final String BEARER = "{\"access_token\":\"bearer-1\",\"expires_in\":3600}";
  private static final String SESSION = "{\"sessionToken\":\"session-1\"}";

  private final MockWebServer server = new MockWebServer();
  private final ThingSpaceCredentials credentials = login();
  private final FakeTime time = new FakeTime();
  private final OkHttpClient http = new OkHttpClient();
  private final AtomicInteger bearers = new AtomicInteger();
  private final AtomicInteger logins = new AtomicInteger();
  private volatile MockResponse toBearer = answer(200, BEARER);
  private volatile MockResponse toLogin = answer(200, SESSION);
  private final Dispatcher dispatcher =
      new Dispatcher() {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
          if (request.getTarget().endsWith("/oauth2/token")) {
            bearers.incrementAndGet();
            return toBearer;
          }
          if (request.getTarget().endsWith("/session/login")) {
            logins.incrementAndGet();
            return toLogin;
          }
          return answer(200, "{\"value\":1}");
        }
      };
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(dispatcher);
    server.start();
    credentials.forgetRefusal();
    client = builder(server, credentials).httpClient(http).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 |",
        "401 | {\"error\":\"invalid_client\"}",
        "400 | {\"error\":\"invalid_client\",\"error_description\":\"Client unknown\"}",
        "403 | {\"error\":\"access_denied\"}"
      })
  void asksForNoBearerAgainOnceKeyAndSecretAreRefused(int status, String body) {
    toBearer = answer(status, body);

    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);

    assertThat(bearers).hasValue(1);
    assertThat(logins).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 |                                               | INVALID_REQUEST",
        "400 | <html>Bad gateway</html>                      | INVALID_REQUEST",
        "403 |                                               | FORBIDDEN",
        "404 | {\"error\":\"no such path\"}                  | NOT_FOUND",
        "500 | {\"error\":\"server_error\"}                  | SERVER_ERROR",
        "200 | {}                                            | UNREADABLE_RESPONSE",
        "200 | <html>Sign in</html>                          | UNREADABLE_RESPONSE",
        "200 | {\"access_token\":\"\"}                       | UNREADABLE_RESPONSE",
        "200 | {\"access_token\":{\"value\":\"bearer-1\"}}   | UNREADABLE_RESPONSE",
        "200 | {\"access_token\":\"bearer-1\"                | UNREADABLE_RESPONSE",
        "204 |                                               | UNREADABLE_RESPONSE"
      })
  void asksForABearerAgainAfterAnyOtherFailure(int status, String body, Kind kind) {
    toBearer = answer(status, body);

    assertThat(failure().kind()).isEqualTo(kind);
    assertThat(failure().kind()).isEqualTo(kind);

    assertThat(bearers).hasValue(2);
    toBearer = answer(200, BEARER);
    assertThat(client.thing("a").execute()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 |",
        "401 | {\"errorCode\":\"UnifiedWebService.REQUEST_FAILED.BadLogin\",\"errorMessage\":\"no\"}",
        "400 | {\"errorCode\":\"LOGIN_FAILED\",\"errorMessage\":\"no\"}",
        "403 | {\"errorCode\":\"LOCKED\",\"errorMessage\":\"no\"}"
      })
  void sendsUserAndPasswordOnlyOnceWhenTheyAreRefused(int status, String body) {
    toLogin = answer(status, body);

    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);

    assertThat(logins).hasValue(1);
    assertThat(bearers).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 |                                                  | INVALID_REQUEST",
        "403 |                                                  | FORBIDDEN",
        "404 | {\"errorCode\":\"NOT_FOUND\"}                    | NOT_FOUND",
        "400 | {\"errorCode\":\"REQUEST_FAILED.UnexpectedError\"} | INVALID_REQUEST",
        "401 | {\"errorCode\":\"REQUEST_FAILED.UnexpectedError\"} | UNAUTHENTICATED",
        "403 | {\"fault\":{\"code\":\"900800\"}}                | FORBIDDEN",
        "500 | {\"errorCode\":\"DOWN\"}                         | SERVER_ERROR",
        "200 | {}                                               | UNREADABLE_RESPONSE"
      })
  void logsInAgainAfterAnyOtherFailure(int status, String body, Kind kind) {
    toLogin = answer(status, body);

    assertThat(failure().kind()).isEqualTo(kind);
    assertThat(failure().kind()).isEqualTo(kind);

    assertThat(logins).hasValue(2);
    toLogin = answer(200, SESSION);
    assertThat(client.thing("a").execute()).isEqualTo(1);
  }

  @Test
  void sendsOneMoreAfterAQuarterOfAnHour() {
    toLogin = answer(404, "");
    for (int i = 0; i < 5; i++) {
      failure();
    }
    assertThat(logins).hasValue(3);

    time.advance(Duration.ofMinutes(15).minusNanos(1));
    assertThat(failure()).hasMessageContaining("3 logins in a row have opened no session");
    assertThat(logins).hasValue(3);

    time.advance(Duration.ofNanos(1));
    assertThat(failure().kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(logins).hasValue(4);

    // The fifth failure locks the account, so it is left to the user.
    time.advance(Duration.ofHours(16));
    assertThat(failure()).hasMessageContaining("4 logins in a row have opened no session");
    assertThat(logins).hasValue(4);
    credentials.forgetRefusal();
    toLogin = answer(200, SESSION);
    assertThat(client.thing("a").execute()).isEqualTo(1);
  }

  @Test
  void aSessionThatOpensEndsTheCount() {
    toLogin = answer(404, "");
    failure();
    failure();
    toLogin = answer(200, SESSION);
    assertThat(client.thing("a").execute()).isEqualTo(1);
    time.advance(Duration.ofMinutes(25));
    toLogin = answer(404, "");
    for (int i = 0; i < 5; i++) {
      failure();
    }

    assertThat(logins).as("two, one that opened, and three in a row").hasValue(6);
  }

  @Test
  void keepsNoConnectionOfALoginOpen() throws InterruptedException {
    toLogin = answer(500, "x".repeat(100_000));
    failure();
    failure();
    toLogin = answer(200, SESSION);
    client.thing("a").execute();

    var connections = new HashSet<Integer>();
    for (int i = 0; i < server.getRequestCount(); i++) {
      connections.add(server.takeRequest().getConnectionIndex());
    }
    // One connection for each refusal with an unread body, and no other one.
    assertThat(http.connectionPool().connectionCount())
        .isEqualTo(http.connectionPool().idleConnectionCount());
    assertThat(connections).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void refreshesABearerThatTheLoginRefuses() {
    toLogin = answer(401, "{\"fault\":{\"code\":\"900901\",\"message\":\"Invalid Credentials\"}}");

    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);

    assertThat(bearers).as("a second one, in case the first had expired").hasValue(2);
    assertThat(logins).hasValue(2);
  }

  @Test
  void aLoginAndTheBearerItNeededCountEachTimeTheyWereSent() {
    toLogin = answer(401, "{\"fault\":{\"code\":\"900901\",\"message\":\"Invalid Credentials\"}}");

    failure();
    assertThat(logins).hasValue(2);
    time.advance(Duration.ofSeconds(1));

    assertThat(failure()).hasMessageContaining("3 logins in a row have opened no session");
    assertThat(logins).as("none after the third, whichever bearer it brings").hasValue(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 |                                             | RATE_LIMITED",
        "503 |                                             | SERVER_ERROR",
        "503 | {\"fault\":{\"code\":\"900800\"}}           | SERVER_ERROR",
        "503 | {\"fault\":{\"code\":\"900800\"},\"errorCode\":\"LoginModule.X\"} | SERVER_ERROR"
      })
  void aLoginThatABusyGatewayTurnsAwayDoesNotCount(int status, String body, Kind kind) {
    toLogin = answer(status, body);
    for (int i = 0; i < 5; i++) {
      assertThat(failure().kind()).isEqualTo(kind);
    }

    assertThat(logins).hasValue(5);
  }

  @ParameterizedTest
  @CsvSource({
    "429, LoginModule.INPUT_INVALID.Password.Invalid",
    "503, UnifiedWebService.INPUT_INVALID.Password.Invalid"
  })
  void aLoginThatIsRefusedBehindABusyStatusIsNotSentAgain(int status, String code) {
    toLogin = answer(status, "{\"errorCode\":\"" + code + "\"}");
    failure();

    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(logins).hasValue(1);
  }

  @Test
  void aLoginWhoseAnswerNeverComesCounts() {
    toLogin = new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
    for (int i = 0; i < 3; i++) {
      assertThat(failure().kind()).isEqualTo(Kind.CONNECTION);
    }

    assertThat(failure())
        .hasMessageContaining("3 logins in a row have opened no session")
        .hasMessageMatching(
            "(?s).*The last one: POST /m2m/v1/session/login was not answered \\(\\w+Exception\\).*");
    assertThat(logins).hasValue(3);
  }

  @Test
  void aLoginWhoseSessionBreaksOffIsALostConnectionThatCounts() {
    toLogin = brokenOff(200, "{\"sessionToken\":\"session-1\",\"more\":\"");
    for (int i = 0; i < 3; i++) {
      assertThat(failure().kind()).isEqualTo(Kind.CONNECTION);
    }

    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(logins).hasValue(3);
  }

  @Test
  void aRefusalThatBreaksOffIsARefusal() {
    toLogin = brokenOff(401, "{\"errorCode\":\"LoginModule.X\",\"more\":\"");

    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(logins).hasValue(1);
  }

  @Test
  void aLoginThatNeverLeftThisMachineDoesNotCount() {
    var cut =
        new OkHttpClient.Builder()
            .addNetworkInterceptor(
                chain -> {
                  if (chain.request().url().encodedPath().endsWith("/session/login")) {
                    throw new IOException("no way out");
                  }
                  return chain.proceed(chain.request());
                })
            .build();
    try (var cutOff = builder(server, login()).httpClient(cut).build()) {
      for (int i = 0; i < 5; i++) {
        assertThat(failureOf(cutOff).kind()).isEqualTo(Kind.CONNECTION);
      }
    }

    assertThat(client.thing("a").execute()).isEqualTo(1);
  }

  @Test
  void anotherServerCountsForItself() throws IOException {
    toLogin = answer(404, "");
    for (int i = 0; i < 4; i++) {
      failure();
    }
    try (var other = new MockWebServer()) {
      other.setDispatcher(dispatcher);
      other.start();
      toLogin = answer(200, SESSION);
      try (var elsewhere = builder(other, credentials).build()) {
        assertThat(elsewhere.thing("a").execute()).isEqualTo(1);
      }
    }
    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @CsvSource({"2, 60", "300, 300"})
  void aLoginMayTakeAMinuteEvenIfItsCallMayNot(int seconds, int allowed) {
    var timeouts = new ConcurrentHashMap<String, Duration>();
    var watched =
        new OkHttpClient.Builder()
            .addNetworkInterceptor(
                chain -> {
                  var timeout = Duration.ofNanos(chain.call().timeout().timeoutNanos());
                  timeouts.put(chain.request().url().encodedPath(), timeout);
                  return chain.proceed(chain.request());
                })
            .build();
    try (var caller = builder(server, login()).httpClient(watched).build()) {
      caller.thing("a").timeout(Duration.ofSeconds(seconds)).execute();
    }

    assertThat(timeouts)
        .containsEntry("/base/ts/v1/oauth2/token", Duration.ofSeconds(allowed))
        .containsEntry("/base/m2m/v1/session/login", Duration.ofSeconds(allowed));
  }

  @Test
  void aLoginSaysThatItIsJson() throws InterruptedException {
    client.thing("a").execute();

    server.takeRequest();
    assertThat(server.takeRequest().getHeaders().get("Content-Type")).isEqualTo("application/json");
  }

  private static ThingSpaceCredentials login() {
    return ThingSpaceCredentials.oauth("the-key", "the-secret").login("joe", "word");
  }

  private TestClient.Builder builder(MockWebServer answering, ThingSpaceCredentials with) {
    return TestClient.builder(answering)
        .retryPolicy(RetryPolicy.none())
        .time(time)
        .auth((baseUrl, calls) -> new ThingSpaceAuth(baseUrl, with, calls));
  }

  private ApiException failure() {
    return failureOf(client);
  }

  private static ApiException failureOf(TestClient other) {
    return catchThrowableOfType(ApiException.class, other.thing("a")::execute);
  }

  private static MockResponse brokenOff(int status, String beginning) {
    return new MockResponse.Builder()
        .code(status)
        .body(beginning + "x".repeat(1_000))
        .onResponseBody(new SocketEffect.CloseSocket())
        .build();
  }

  private static MockResponse answer(int status, String body) {
    return new MockResponse.Builder().code(status).body(body == null ? "" : body).build();
  }
}
