package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.auth.ThingSpaceAuth;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks which of ThingSpace's two tokens a response refuses, and which one is refreshed. */
@Timeout(60)
class ThingSpaceRefusalTest {
  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private final ThingSpaceCredentials login =
      ThingSpaceCredentials.oauth("the-key", "the-secret").login("rita", "word");
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private volatile MockResponse first = answer(200, "");
  private volatile boolean always;
  private volatile int bearers;
  private volatile int sessions;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    server.start();
    login.forgetRefusal();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Covers the documented error codes of the service and of its gateway. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {'fault':{'code':'900901','message':'Invalid Credentials'}}            | bearer-2 session-1",
        "401 | {'fault':{'code':'900902','message':'Missing Credentials'}}            | bearer-2 session-1",
        "403 | {'fault':{'code':'900903','message':'Access Token Expired'}}           | bearer-2 session-1",
        "400 | {'fault':{'code':'900904','message':'Access Token Inactive'}}          | bearer-2 session-1",
        "401 | {'fault':{'code':'900900','message':'Unclassified'}}                   | bearer-2 session-1",
        "401 | <html>Sign in</html>                                                   | bearer-2 session-1",
        "401 |                                                                        | bearer-2 session-1",
        "401 | {'errorCode':'UnifiedWebService.REQUEST_FAILED.Denied'}                | bearer-1 session-2",
        "400 | {'errorCode':'UnifiedWebService.REQUEST_FAILED.SessionToken.Expired'}  | bearer-1 session-2",
        "400 | {'errorCode':'UnifiedWebService.REQUEST_FAILED.SessionToken.Format'}   | bearer-1 session-2",
        "400 | {'errorCode':'UnifiedWebService.INPUT_INVALID.SessionToken.Invalid'}   | bearer-1 session-2",
        "403 | {'errorCode':'WNP.REQUEST_FAILED.SessionToken.Expired'}                | bearer-1 session-2"
      })
  void refreshesTheTokenThatIsRefusedAndNoOther(int status, String body, String repeatedWith) {
    first = answer(status, body);
    try (var client = client(login)) {
      assertThat(client.thing("a").execute()).isEqualTo(1);
      assertThat(client.thing("a").execute()).isEqualTo(1);
    }

    assertThat(sent).containsExactly("bearer-1 session-1", repeatedWith, repeatedWith);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {'fault':{'code':'900906','message':'No matching resource'}}           | INVALID_REQUEST",
        "403 | {'fault':{'code':'900908','message':'Resource forbidden'}}             | FORBIDDEN",
        "400 | {'errorCode':'UnifiedWebService.INPUT_INVALID.AccountName.Invalid'}    | INVALID_REQUEST",
        "403 | {'errorCode':'UnifiedWebService.REQUEST_FAILED.AccountAccess.Denied'}  | FORBIDDEN",
        "404 | {'errorCode':'UnifiedWebService.REQUEST_FAILED.SessionToken.Expired'}  | NOT_FOUND",
        "400 |                                                                        | INVALID_REQUEST"
      })
  void refreshesNeitherWhereTheAnswerIsAboutSomethingElse(int status, String body, Kind kind) {
    first = answer(status, body);
    try (var client = client(login)) {
      var failure = failureOf(client);
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.attempts()).isEqualTo(1);
      assertThat(client.thing("a").execute()).isEqualTo(1);
    }

    assertThat(sent).containsExactly("bearer-1 session-1", "bearer-1 session-1");
  }

  @Test
  void aRefusalThatIsNoGzipIsJudgedByItsStatus() {
    first =
        new MockResponse.Builder()
            .code(401)
            .setHeader("Content-Encoding", "gzip")
            .body("{\"errorCode\":\"UnifiedWebService.REQUEST_FAILED.Denied\"}")
            .build();
    try (var client = client(login)) {
      assertThat(client.thing("a").execute()).isEqualTo(1);
    }

    assertThat(sent).containsExactly("bearer-1 session-1", "bearer-2 session-1");
  }

  @Test
  void aRefusalThatBreaksOffIsALostConnectionAndRefusesNeither() {
    first =
        new MockResponse.Builder()
            .code(401)
            .body("{\"errorCode\":\"UnifiedWebService." + "x".repeat(1_000))
            .onResponseBody(new SocketEffect.CloseSocket())
            .build();
    try (var client = client(login)) {
      assertThat(client.thing("a").execute()).isEqualTo(1);
    }

    assertThat(sent).containsExactly("bearer-1 session-1", "bearer-1 session-1");
  }

  @Test
  void aNewSessionThatIsRefusedAsWellEndsTheCallAsUnauthenticated() {
    first = sessionExpired();
    always = true;
    try (var client = client(login)) {
      var failure = failureOf(client);

      assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
      assertThat(failure.attempts()).isEqualTo(2);
    }
  }

  @Test
  void tokensOfSomebodyElseAreSentAsTheyAre() {
    try (var client = client(ThingSpaceCredentials.tokens("their-bearer", "their-session"))) {
      assertThat(client.thing("a").execute()).isEqualTo(1);
      assertThat(client.thing("a").execute()).isEqualTo(1);
    }

    assertThat(sent).containsExactly("their-bearer their-session", "their-bearer their-session");
  }

  @Test
  void tokensOfSomebodyElseAreNotSentAgainWhenOneIsRefused() {
    first = sessionExpired();
    try (var client = client(ThingSpaceCredentials.tokens("their-bearer", "their-session"))) {
      var failure = failureOf(client);

      assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
      assertThat(failure.attempts()).isEqualTo(1);
    }
    assertThat(sent).containsExactly("their-bearer their-session");
    assertThat(bearers + sessions).isZero();
  }

  private TestClient client(ThingSpaceCredentials credentials) {
    return TestClient.builder(server)
        .time(time)
        .auth((baseUrl, calls) -> new ThingSpaceAuth(baseUrl, credentials, calls))
        .build();
  }

  private static ApiException failureOf(TestClient client) {
    return catchThrowableOfType(ApiException.class, client.thing("a")::execute);
  }

  private static MockResponse sessionExpired() {
    return answer(400, "{\"errorCode\":\"UnifiedWebService.REQUEST_FAILED.SessionToken.Expired\"}");
  }

  private synchronized MockResponse answer(RecordedRequest request) {
    if (request.getTarget().endsWith("/oauth2/token")) {
      return answer(200, "{\"access_token\":\"bearer-" + ++bearers + "\"}");
    }
    if (request.getTarget().endsWith("/session/login")) {
      return answer(200, "{\"sessionToken\":\"session-" + ++sessions + "\"}");
    }
    var headers = request.getHeaders();
    var bearer = String.valueOf(headers.get("Authorization")).replace("Bearer ", "");
    sent.add(bearer + " " + headers.get("VZ-M2M-Token"));
    return always || (sent.size() == 1 && first.getCode() != 200)
        ? first
        : answer(200, "{\"value\":1}");
  }

  private static MockResponse answer(int status, String body) {
    var json = body == null ? "" : body.replace('\'', '"');
    return new MockResponse.Builder().code(status).body(json).build();
  }
}
