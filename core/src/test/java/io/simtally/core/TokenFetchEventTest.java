package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.CallListener.Attempt;
import io.simtally.core.CallListener.AttemptFinished;
import io.simtally.core.CallListener.Finished;
import io.simtally.core.CallListener.Retry;
import io.simtally.core.CallListener.Started;
import io.simtally.core.CallListener.TokenFetch;
import io.simtally.core.auth.BearerAuth;
import io.simtally.core.auth.ThingSpaceAuth;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.core.auth.TokenSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks the events of a call that needs a token. */
@Timeout(60)
class TokenFetchEventTest {
  private static final String OPERATION = "GET /things/{name}";
  private static final String BEARER = "ThingSpace bearer token";
  private static final String SESSION = "ThingSpace session token";
  private static final Duration NONE = Duration.ZERO;

  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private final RecordingListener heard = new RecordingListener();
  private final ThingSpaceCredentials credentials =
      ThingSpaceCredentials.oauth("the-key", "the-secret").login("joe", "word");
  private volatile int loginStatus = 200;
  private volatile int refusals;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request.getTarget());
          }
        });
    server.start();
    // So that the test cannot mistake a moment for a duration.
    time.advance(Duration.ofHours(1));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theFirstCallFetchesBothTokens() {
    try (var client = thingSpace(heard)) {
      client.thing("a").execute();
      client.thing("a").execute();
    }

    var first = heard.call(0);
    var second = heard.call(1);
    assertThat(heard.events())
        .containsExactly(
            new Started(first, "test", OPERATION, null),
            new Attempt(first, "test", OPERATION, 1),
            new TokenFetch(first, "test", BEARER, null, NONE),
            new TokenFetch(first, "test", SESSION, null, NONE),
            new AttemptFinished(first, "test", OPERATION, 1, null, 200, 11, NONE),
            new Finished(first, "test", OPERATION, null, 200, 1, 11, NONE, NONE),
            new Started(second, "test", OPERATION, null),
            new Attempt(second, "test", OPERATION, 1),
            new AttemptFinished(second, "test", OPERATION, 1, null, 200, 11, NONE),
            new Finished(second, "test", OPERATION, null, 200, 1, 11, NONE, NONE));
  }

  @Test
  void aRefusedSessionIsRefreshedAndTheCallRepeatedAtOnce() {
    refusals = 1;
    try (var client = thingSpace(heard)) {
      client.thing("a").execute();
    }

    var call = heard.call(0);
    assertThat(heard.events())
        .containsExactly(
            new Started(call, "test", OPERATION, null),
            new Attempt(call, "test", OPERATION, 1),
            new TokenFetch(call, "test", BEARER, null, NONE),
            new TokenFetch(call, "test", SESSION, null, NONE),
            new AttemptFinished(call, "test", OPERATION, 1, Kind.UNAUTHENTICATED, 400, 0, NONE),
            new Retry(call, "test", OPERATION, 1, Kind.UNAUTHENTICATED, 400, NONE),
            new Attempt(call, "test", OPERATION, 2),
            new TokenFetch(call, "test", SESSION, null, NONE),
            new AttemptFinished(call, "test", OPERATION, 2, null, 200, 11, NONE),
            new Finished(call, "test", OPERATION, null, 200, 2, 11, NONE, NONE));
  }

  @Test
  void aRefusedLoginIsHeardOfOnceAndEndsEveryCall() {
    loginStatus = 401;
    try (var client = thingSpace(heard)) {
      assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
      assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
    }

    var call = heard.call(0);
    assertThat(heard.all(TokenFetch.class))
        .containsExactly(
            new TokenFetch(call, "test", BEARER, null, NONE),
            new TokenFetch(call, "test", SESSION, Kind.UNAUTHENTICATED, NONE));
    assertThat(heard.all(AttemptFinished.class))
        .extracting(AttemptFinished::failure, AttemptFinished::status)
        .containsOnly(tuple(Kind.UNAUTHENTICATED, 401));
    assertThat(heard.all(Finished.class))
        .extracting(Finished::failure)
        .containsExactly(Kind.UNAUTHENTICATED, Kind.UNAUTHENTICATED);
  }

  @Test
  void aLoginServerThatIsDownIsAReasonToRetry() {
    loginStatus = 503;
    try (var client = thingSpace(heard)) {
      assertThat(
              catchThrowable(
                  client.thing("a").retryPolicy(RetryPolicy.standard().maxAttempts(2))::execute))
          .isInstanceOf(ApiException.class);
    }

    assertThat(heard.all(TokenFetch.class))
        .extracting(TokenFetch::failure)
        .containsExactly(null, Kind.SERVER_ERROR, Kind.SERVER_ERROR);
    assertThat(heard.all(Retry.class))
        .extracting(Retry::failure, Retry::status)
        .containsExactly(tuple(Kind.SERVER_ERROR, 503));
  }

  @Test
  void clientsThatShareCredentialsHearOfTheTokensTheyAskedForFirst() {
    var other = new RecordingListener();
    try (var client = thingSpace(heard);
        var sharing = thingSpace(other)) {
      sharing.thing("a").execute();
      client.thing("a").execute();
    }

    assertThat(heard.all(TokenFetch.class)).isEmpty();
    assertThat(other.all(TokenFetch.class)).hasSize(2);
  }

  @Test
  void aTokenSourceIsHeardOfToo() {
    var asked = new AtomicInteger();
    TokenSource source =
        () -> {
          if (asked.incrementAndGet() == 1) {
            throw new IOException("vault is down");
          }
          return "a-token";
        };
    try (var client =
        TestClient.builder(server)
            .time(time)
            .listener(heard)
            .auth((baseUrl, calls) -> BearerAuth.refreshing(baseUrl, source))
            .build()) {
      client.thing("a").execute();
    }

    assertThat(heard.all(TokenFetch.class))
        .extracting(TokenFetch::token, TokenFetch::failure)
        .containsExactly(tuple("bearer token", Kind.CONNECTION), tuple("bearer token", null));
  }

  private TestClient thingSpace(CallListener listener) {
    return TestClient.builder(server)
        .time(time)
        .listener(listener)
        .auth((baseUrl, calls) -> new ThingSpaceAuth(baseUrl, credentials, calls))
        .build();
  }

  private synchronized MockResponse answer(String target) {
    if (target.endsWith("/oauth2/token")) {
      return answer(200, "{\"access_token\":\"a-bearer\",\"expires_in\":3600}");
    }
    if (target.endsWith("/session/login")) {
      return loginStatus == 200
          ? answer(200, "{\"sessionToken\":\"a-session\"}")
          : answer(loginStatus, "{\"errorCode\":\"UnifiedWebService.REQUEST_FAILED.X\"}");
    }
    if (refusals > 0) {
      refusals--;
      return answer(
          400, "{\"errorCode\":\"UnifiedWebService.REQUEST_FAILED.SessionToken.Expired\"}");
    }
    return answer(200, "{\"value\":1}");
  }

  private static MockResponse answer(int status, String body) {
    return new MockResponse.Builder().code(status).body(body).build();
  }
}
