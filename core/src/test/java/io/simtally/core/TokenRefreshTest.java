package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.auth.BearerAuth;
import io.simtally.core.auth.ThingSpaceAuth;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.core.auth.TokenSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Checks tokens in the course of time. */
@Timeout(60)
class TokenRefreshTest {
  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private final Issuer issuer = new Issuer();
  private final RecordingListener heard = new RecordingListener();

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(issuer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aBearerIsKeptUntilItIsAboutToExpire() {
    try (var client = thingSpace()) {
      client.thing("a").execute();
      time.advance(Duration.ofMinutes(10));
      client.thing("a").execute();

      assertThat(issuer.bearers).isEqualTo(1);
    }
  }

  @Test
  void anExpiredBearerIsNotEvenSentAndTheSessionKept() {
    try (var client = thingSpace()) {
      client.thing("a").execute();
      for (int i = 0; i < 4; i++) {
        time.advance(Duration.ofMinutes(15));
        client.thing("a").execute();
      }

      assertThat(issuer.bearers).isEqualTo(2);
      assertThat(issuer.sessions).isEqualTo(1);
      assertThat(issuer.sent).last().isEqualTo("Bearer bearer-2 session-1");
    }
  }

  @Test
  void aBearerNearItsEndIsRefreshedBehindTheCallersBack() {
    try (var client = thingSpace()) {
      client.thing("a").execute();
      useUntilFiveMinutesBeforeItsEnd(client);
      await(() -> issuer.bearers == 2);

      assertThat(issuer.sent).last().isEqualTo("Bearer bearer-1 session-1");
    }
  }

  @Test
  void aRefreshAheadThatFailsHurtsNobodyAndIsRepeatedAfterHalfAMinute() {
    try (var client = thingSpace()) {
      client.thing("a").execute();
      issuer.bearerStatus = 503;
      useUntilFiveMinutesBeforeItsEnd(client);
      await(() -> fetches() == 3);
      for (int i = 0; i < 50; i++) {
        client.thing("a").execute();
      }
      assertThat(issuer.bearers).isEqualTo(2);

      time.advance(Duration.ofSeconds(30));
      client.thing("a").execute();
      await(() -> issuer.bearers == 3);
    }
  }

  @Test
  void aRefreshAheadThatIsRefusedIsNotRepeated() {
    try (var client = thingSpace()) {
      client.thing("a").execute();
      issuer.bearerStatus = 401;
      useUntilFiveMinutesBeforeItsEnd(client);
      await(() -> fetches() == 3);
      for (int i = 0; i < 7; i++) {
        time.advance(Duration.ofSeconds(30));
        client.thing("a").execute();
      }

      assertThat(issuer.bearers).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"3539, 1", "3540, 2"})
  void aBearerIsNotUsedInItsLastMinute(int secondsLater, int bearers) {
    issuer.lifetime = "3600";
    try (var client = thingSpace()) {
      client.thing("a").execute();
      issuer.bearerStatus = 200;
      // Used meanwhile, so that the session does not expire.
      for (int i = 0; i < 3; i++) {
        time.advance(Duration.ofSeconds(15 * 60));
        client.thing("a").execute();
      }
      time.advance(Duration.ofSeconds(secondsLater - 45 * 60));
      client.thing("a").execute();

      assertThat(issuer.sent).last().isEqualTo("Bearer bearer-" + bearers + " session-1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3600.5, 1",
    "1e3, 1",
    "3600.0, 1",
    "'\"3600\"', 1",
    "1e999999999, 1",
    "-5, 2",
    "0, 2",
    "'\"soon\"', 1",
    "'\"\u0661\u0660\"', 1"
  })
  void readsALifetimeHoweverItIsWritten(String seconds, int bearersAfterAMinute) {
    issuer.lifetime = seconds;
    try (var client = thingSpace()) {
      client.thing("a").execute();
      time.advance(Duration.ofMinutes(1));
      client.thing("a").execute();

      assertThat(issuer.bearers).isEqualTo(bearersAfterAMinute);
      assertThat(issuer.sessions).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"soon\"", "\"\u0661\u0660\""})
  void aLifetimeThatNobodyCanReadIsAnHour(String seconds) {
    issuer.lifetime = seconds;
    try (var client = thingSpace()) {
      client.thing("a").execute();
      for (int i = 0; i < 4; i++) {
        time.advance(Duration.ofMinutes(15));
        client.thing("a").execute();
      }

      assertThat(issuer.bearers).isEqualTo(2);
    }
  }

  @Test
  void refreshesThatDoNotHelpPauseLongerEachTimeUpToHalfAMinute() {
    issuer.refuseAll = true;
    try (var client = thingSpace()) {
      failureOf(client);
      var refreshed = new ArrayList<Integer>();
      // A call every quarter of a second for two minutes.
      for (int i = 0; i < 480; i++) {
        var before = issuer.bearers;
        time.advance(Duration.ofMillis(250));
        assertThat(failureOf(client).kind()).isEqualTo(Kind.UNAUTHENTICATED);
        if (issuer.bearers > before) {
          refreshed.add(i);
        }
      }

      // Refreshes after half a second, one, two, four, eight, sixteen and then thirty.
      var pauses = new ArrayList<Integer>();
      for (int i = 1; i < refreshed.size(); i++) {
        pauses.add((refreshed.get(i) - refreshed.get(i - 1)) * 250);
      }
      assertThat(refreshed.get(0)).isEqualTo(1);
      assertThat(pauses).containsExactly(1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000);
    }
  }

  @Test
  void theEndOfATokenThatHasServedIsNoBlackOut() {
    try (var client = thingSpace()) {
      for (int i = 1; i <= 20; i++) {
        issuer.good = "Bearer bearer-" + i + " session-1";
        assertThat(client.thing("a").execute()).isEqualTo(1);
        assertThat(client.thing("a").execute()).isEqualTo(1);
      }

      assertThat(issuer.bearers).isEqualTo(20);
    }
  }

  @Test
  void theEndOfASourcesTokenThatHasServedIsNoBlackOutEither() {
    var asked = new AtomicInteger();
    try (var client = bearer(() -> "token-" + asked.incrementAndGet())) {
      for (int i = 1; i <= 20; i++) {
        issuer.good = "Bearer token-" + i + " null";
        assertThat(client.thing("a").execute()).isEqualTo(1);
        assertThat(client.thing("a").execute()).isEqualTo(1);
      }
    }
    assertThat(asked).hasValue(20);
  }

  @Test
  void whoIsRefusedWithAnOlderTokenTriesTheNewestBeforeItIsRefreshed() throws InterruptedException {
    var waiting = new CountDownLatch(1);
    var held = new CountDownLatch(1);
    var slowly = new AtomicInteger();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            if (request.getTarget().endsWith("/things/slow") && slowly.incrementAndGet() == 1) {
              waiting.countDown();
              held.await();
            }
            return issuer.dispatch(request);
          }
        });
    issuer.good = "Bearer bearer-1 session-1";
    try (var client = thingSpace()) {
      client.thing("a").execute();
      var slow = client.thing("slow").executeAsync();
      waiting.await();
      issuer.good = "Bearer bearer-2 session-1";
      client.thing("a").execute();
      // The newest one has expired too.
      issuer.good = "Bearer bearer-3 session-1";
      held.countDown();

      assertThat(slow.join()).isEqualTo(1);
      assertThat(issuer.bearers).isEqualTo(3);
    }
  }

  @Test
  void anIdleSessionIsOpenedAnewWithoutTryingTheOldOne() {
    try (var client = thingSpace()) {
      client.thing("a").execute();
      time.advance(Duration.ofMinutes(19));
      client.thing("a").execute();

      assertThat(issuer.sessions).isEqualTo(2);
      assertThat(issuer.bearers).isEqualTo(1);
      assertThat(issuer.sent)
          .containsExactly("Bearer bearer-1 session-1", "Bearer bearer-1 session-2");
    }
  }

  @Test
  void useKeepsASessionAlive() {
    try (var client = thingSpace()) {
      for (int i = 0; i < 10; i++) {
        client.thing("a").execute();
        time.advance(Duration.ofMinutes(18));
      }

      assertThat(issuer.sessions).isEqualTo(1);
    }
  }

  @Test
  void aServerThatHandsBackTheSameTokenIsNotAskedInCircles() {
    issuer.sameBearer = true;
    issuer.refuseAll = true;
    try (var client = thingSpace()) {
      for (int i = 0; i < 50; i++) {
        assertThat(failureOf(client).kind()).isEqualTo(Kind.UNAUTHENTICATED);
      }

      assertThat(issuer.bearers).isLessThanOrEqualTo(3);
      time.advance(Duration.ofMinutes(1));
      issuer.refuseAll = false;
      client.thing("a").execute();
    }
  }

  @Test
  void anExpiringTokenThatComesBackTheSameCausesNoSpin() {
    issuer.sameBearer = true;
    issuer.lifetime = "2";
    try (var client = thingSpace()) {
      for (int i = 0; i < 200; i++) {
        client.thing("a").execute();
        time.advance(Duration.ofMillis(50));
      }
      // Ten seconds with a token that is valid for two.
      assertThat(issuer.bearers).isLessThanOrEqualTo(12);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036", "9223372037", "9223372036854775", "9223372036854775807"})
  void aTokenForEverIsKept(String seconds) {
    issuer.lifetime = seconds;
    try (var client = thingSpace()) {
      client.thing("a").execute();
      time.advance(Duration.ofMinutes(10));
      client.thing("a").execute();
    }
    assertThat(issuer.bearers).isEqualTo(1);
  }

  @Test
  void aHungTokenServerHoldsNobodyBeyondHisDeadline() {
    issuer.hang = true;
    try (var client = thingSpace()) {
      var failure =
          catchThrowableOfType(
              ApiException.class, client.thing("a").timeout(Duration.ofMillis(200))::execute);

      assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(issuer.sent).isEmpty();
    }
  }

  @Test
  void aTokenSourceIsAskedAgainOnceWhenItsTokenIsRefused() {
    var asked = new AtomicInteger();
    issuer.good = "Bearer token-2 null";
    try (var client = bearer(() -> "token-" + asked.incrementAndGet())) {
      assertThat(client.thing("a").executeWithResponse().attempts()).isEqualTo(2);
      client.thing("a").execute();
    }
    assertThat(asked).hasValue(2);
    assertThat(issuer.sent)
        .containsExactly("Bearer token-1 null", "Bearer token-2 null", "Bearer token-2 null");
  }

  @Test
  void aTokenThatIsNoLongerTheCurrentOneIsNotRefreshed() {
    var callers = 16;
    var asked = new AtomicInteger();
    var sentOldToken = new CountDownLatch(callers);
    var sentNewToken = new CountDownLatch(callers - 1);
    var straggler = new AtomicBoolean(true);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            if ("Bearer token-1".equals(request.getHeaders().get("Authorization"))) {
              sentOldToken.countDown();
              sentOldToken.await();
              if (straggler.compareAndSet(true, false)) {
                sentNewToken.await(); // refused after all others have received another one
              }
              return Issuer.answer(401, "{}");
            }
            sentNewToken.countDown();
            return Issuer.answer(200, "{\"value\":1}");
          }
        });
    try (var client = bearer(() -> "token-" + asked.incrementAndGet())) {
      var calls = new ArrayList<CompletableFuture<Long>>();
      for (int i = 0; i < callers; i++) {
        calls.add(client.thing("a").executeAsync());
      }
      assertThat(calls).extracting(CompletableFuture::join).containsOnly(1L);
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void aTokenSourceThatHasNoneFailsTheCall() {
    List<Kind> kinds = new ArrayList<>();
    for (TokenSource source :
        List.<TokenSource>of(
            () -> {
              throw new IOException("vault is down");
            },
            () -> {
              throw new IllegalStateException("no vault");
            },
            () -> "line\nbreak",
            () -> null)) {
      try (var client = bearer(source)) {
        kinds.add(failureOf(client).kind());
      }
    }
    assertThat(kinds)
        .containsExactly(
            Kind.CONNECTION, Kind.UNAUTHENTICATED, Kind.UNAUTHENTICATED, Kind.UNAUTHENTICATED);
    assertThat(issuer.sent).isEmpty();
  }

  private TestClient thingSpace() {
    var credentials = ThingSpaceCredentials.oauth("the-key", "the-secret").login("joe", "word");
    credentials.forgetRefusal();
    return TestClient.builder(server)
        .time(time)
        .listener(heard)
        .auth((baseUrl, calls) -> new ThingSpaceAuth(baseUrl, credentials, calls))
        .build();
  }

  private TestClient bearer(TokenSource source) {
    return TestClient.builder(server)
        .time(time)
        .auth((baseUrl, calls) -> BearerAuth.refreshing(baseUrl, source))
        .build();
  }

  private void useUntilFiveMinutesBeforeItsEnd(TestClient client) {
    for (int i = 0; i < 5; i++) {
      time.advance(Duration.ofMinutes(11));
      client.thing("a").execute();
    }
  }

  /** Returns the number of token fetches, failed ones included. */
  private int fetches() {
    return heard.all(CallListener.TokenFetch.class).size();
  }

  private static ApiException failureOf(TestClient client) {
    return catchThrowableOfType(ApiException.class, client.thing("a")::execute);
  }

  /** Waits for another thread; the timeout of the test limits the wait. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Issues numbered tokens and responds with things. */
  private static final class Issuer extends Dispatcher {
    final List<String> sent = new CopyOnWriteArrayList<>();
    volatile int bearers;
    volatile int sessions;
    volatile int bearerStatus = 200;
    volatile boolean sameBearer;
    volatile boolean refuseAll;
    volatile boolean hang;
    volatile String lifetime = "3600";
    volatile String good;

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (request.getTarget().endsWith("/oauth2/token")) {
        bearers++;
        if (hang) {
          return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
        }
        return answer(
            bearerStatus,
            "{\"access_token\":\"bearer-"
                + (sameBearer ? 1 : bearers)
                + "\",\"expires_in\":"
                + lifetime
                + "}");
      }
      if (request.getTarget().endsWith("/session/login")) {
        sessions++;
        return answer(200, "{\"sessionToken\":\"session-" + sessions + "\"}");
      }
      var credentials =
          request.getHeaders().get("Authorization")
              + " "
              + request.getHeaders().get("VZ-M2M-Token");
      sent.add(credentials);
      return refuseAll || (good != null && !good.equals(credentials))
          ? answer(401, "{\"fault\":{\"code\":\"900901\",\"message\":\"Invalid Credentials\"}}")
          : answer(200, "{\"value\":1}");
    }

    private static MockResponse answer(int status, String body) {
      return new MockResponse.Builder().code(status).body(body).build();
    }
  }
}
