package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.auth.BearerAuth;
import io.simtally.core.auth.TokenSource;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CancellationTest {
  private final MockWebServer server = new MockWebServer();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    server.start();
    client = TestClient.builder(server).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void anInterruptEndsACallThatWaitsForItsAnswer() throws InterruptedException {
    neverAnswer();

    assertInterruptEnds(client.thing("a"), arrived);
  }

  @Test
  void anInterruptEndsAWaitBetweenAttempts() throws InterruptedException {
    var progress = new Progress();
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "40").build());
    try (var patient = TestClient.builder(server).listener(progress).build()) {
      assertInterruptEnds(patient.thing("a"), progress.repeating);
    }
  }

  @Test
  void anInterruptEndsAWaitForTheRateLimit() throws InterruptedException {
    var waiting = new CountDownLatch(1);
    server.enqueue(new MockResponse.Builder().body("{\"value\":7}").build());
    try (var limited =
        TestClient.builder(server)
            .time(new LongSleeps(waiting))
            .rateLimit(RateLimit.perSecond(1))
            .build()) {
      limited.thing("a").execute();

      assertInterruptEnds(limited.thing("a"), waiting);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void anInterruptEndsAWaitForAToken() throws InterruptedException {
    var asked = new CountDownLatch(1);
    var hung = new CountDownLatch(1);
    TokenSource vault =
        () -> {
          asked.countDown();
          awaitUnlessInterrupted(hung);
          return "token-1";
        };
    try (var waiting =
        TestClient.builder(server)
            .auth((baseUrl, calls) -> BearerAuth.refreshing(baseUrl, vault))
            .build()) {
      assertInterruptEnds(waiting.thing("a"), asked);
    } finally {
      hung.countDown();
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void anInterruptEndsAWaitForAConnection() throws Exception {
    var progress = new Progress();
    try (var full = new ServerSocket(0, 1);
        var first = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort());
        var second = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort());
        var waiting =
            TestClient.builder()
                .baseUrl("http://127.0.0.1:" + full.getLocalPort())
                .listener(progress)
                .build()) {
      assertThat(first.isConnected()).isTrue();
      assertThat(second.isConnected()).isTrue();

      assertInterruptEnds(waiting.thing("a"), progress.trying);
    }
  }

  private static void awaitUnlessInterrupted(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void anInterruptedThreadSendsNothing() {
    Thread.currentThread().interrupt();
    try {
      var failure = catchThrowableOfType(ApiException.class, client.thing("a")::execute);

      assertThat(failure.kind()).isEqualTo(Kind.CANCELLED);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      assertThat(server.getRequestCount()).isZero();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void cancellingTheFutureEndsTheCall() throws InterruptedException {
    var progress = new Progress();
    neverAnswer();
    try (var listened = TestClient.builder(server).listener(progress).build()) {
      var future = listened.thing("a").executeAsync();
      arrived.await();

      future.cancel(true);

      assertThat(progress.finished.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(progress.failure).isEqualTo(Kind.CANCELLED);
    }
  }

  @Test
  void cancellingTheFutureEndsAWaitBetweenAttempts() throws InterruptedException {
    var progress = new Progress();
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "40").build());
    try (var patient = TestClient.builder(server).listener(progress).build()) {
      var future = patient.thing("a").executeAsync();
      progress.repeating.await();

      future.cancel(true);

      assertThat(progress.finished.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void aFailureCompletesTheFutureWithAnApiException() {
    server.enqueue(new MockResponse.Builder().code(404).build());
    var future = client.thing("a").executeAsync();

    assertThatThrownBy(future::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  @Test
  void aRightAnswerCompletesTheFuture() {
    server.enqueue(new MockResponse.Builder().body("{\"value\":7}").build());

    assertThat(client.thing("a").executeAsync().join()).isEqualTo(7);
  }

  @Test
  void theTimeoutBoundsTheWholeCall() {
    neverAnswer();

    var failure =
        catchThrowableOfType(
            ApiException.class, client.thing("a").timeout(Duration.ofMillis(300))::execute);

    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(failure.attempts()).isEqualTo(1);
  }

  @Test
  void theTimeoutBoundsABodyThatStalls() {
    server.enqueue(
        new MockResponse.Builder()
            .body("{\"value\":7777777}")
            .onResponseBody(SocketEffect.Stall.INSTANCE)
            .build());

    var failure =
        catchThrowableOfType(
            ApiException.class, client.thing("a").timeout(Duration.ofMillis(300))::execute);

    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void closingTheClientEndsItsCallsAndItsThreads() throws Exception {
    neverAnswer();
    var future = client.thing("a").executeAsync();
    arrived.await();

    client.close();

    assertThatThrownBy(future::join).hasRootCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> client.thing("a").execute())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    for (var thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("simtally-test")) {
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void closingLeavesTheUsersClientAsItIs() {
    var users = new OkHttpClient();
    try (var borrowed = TestClient.builder(server).httpClient(users).build()) {
      server.enqueue(new MockResponse.Builder().body("{\"value\":7}").build());
      borrowed.thing("a").execute();
    }

    assertThat(users.dispatcher().executorService().isShutdown()).isFalse();
    assertThat(users.connectionPool().connectionCount()).isEqualTo(1);
    users.connectionPool().evictAll();
    users.dispatcher().executorService().shutdown();
  }

  @Test
  void everyThreadOfTheClientIsADaemon() throws InterruptedException {
    neverAnswer();
    var future = client.thing("a").executeAsync();
    arrived.await();

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().matches("(simtally-|OkHttp http).*"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
    future.cancel(true);
  }

  @Test
  void aConnectionThatIsNeverMadeIsATimeout() throws IOException {
    // The backlog of one is full, so the next connection hangs.
    try (var full = new ServerSocket(0, 1);
        var impatient =
            TestClient.builder()
                .baseUrl("http://127.0.0.1:" + full.getLocalPort())
                .timeout(Duration.ofMillis(300))
                .build()) {
      assertThat(catchThrowableOfType(ApiException.class, impatient.thing("a")::execute).kind())
          .isEqualTo(Kind.TIMEOUT);
    }
  }

  /** The state of a call. */
  private static final class Progress implements CallListener {
    final CountDownLatch trying = new CountDownLatch(1);
    final CountDownLatch repeating = new CountDownLatch(1);
    final CountDownLatch finished = new CountDownLatch(1);
    volatile Kind failure;

    @Override
    public void attemptStarted(Attempt event) {
      trying.countDown();
    }

    @Override
    public void retryScheduled(Retry event) {
      repeating.countDown();
    }

    @Override
    public void callFinished(Finished event) {
      failure = event.failure();
      finished.countDown();
    }
  }

  /** The system's time, with sleeps that last until the test ends. */
  private record LongSleeps(CountDownLatch begun) implements Time {
    @Override
    public long nanoTime() {
      return SYSTEM.nanoTime();
    }

    @Override
    public Instant now() {
      return SYSTEM.now();
    }

    @Override
    public void sleep(Duration duration, CompletableFuture<?> woken) throws InterruptedException {
      begun.countDown();
      SYSTEM.sleep(Duration.ofMinutes(1), woken);
    }

    @Override
    public long random(long bound) {
      return SYSTEM.random(bound);
    }
  }

  private static void assertInterruptEnds(TestClient.ThingRequest request, CountDownLatch waiting)
      throws InterruptedException {
    var failure = new AtomicReference<ApiException>();
    var flag = new AtomicReference<Boolean>();
    var caller =
        new Thread(
            () -> {
              failure.set(catchThrowableOfType(ApiException.class, request::execute));
              flag.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    waiting.await();

    caller.interrupt();
    caller.join(20_000);

    assertThat(caller.isAlive()).isFalse();
    assertThat(failure.get().kind()).isEqualTo(Kind.CANCELLED);
    assertThat(flag.get()).isTrue();
  }

  private void neverAnswer() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            arrived.countDown();
            return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
          }
        });
  }
}
