package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RateLimitTest {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private final AtomicInteger status = new AtomicInteger(200);

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().code(status.get()).body("{\"value\":1}").build();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void threadsShareOneRow() {
    var stopped = new StoppedTime();
    try (var client = client(stopped, 10)) {
      var calls = new ArrayList<CompletableFuture<Long>>();
      for (int i = 0; i < 40; i++) {
        calls.add(client.thing("a").executeAsync());
      }
      calls.forEach(CompletableFuture::join);
    }

    // One call starts at once, the others at intervals of 100 ms.
    assertThat(stopped.sleeps)
        .extracting(Duration::toMillis)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(1, 40).map(i -> i * 100).boxed().toList());
  }

  @Test
  void whoComesFirstGoesFirst() {
    var stopped = new StoppedTime();
    try (var client = client(stopped, 4)) {
      for (int i = 0; i < 5; i++) {
        client.thing("a").execute();
      }
    }

    assertThat(stopped.sleeps)
        .extracting(Duration::toMillis)
        .containsExactly(250L, 500L, 750L, 1000L);
  }

  @Test
  void timeThatNobodyUsedIsNotSavedUpForABurst() {
    try (var client = client(time, 10)) {
      client.thing("a").execute();
      time.advance(Duration.ofMinutes(1));
      client.thing("a").execute();
      client.thing("a").execute();
    }

    assertThat(sleeps()).containsExactly(100L);
  }

  @Test
  void repetitionsCount() {
    status.set(503);
    try (var client = client(time, 1)) {
      catchThrowableOfType(ApiException.class, client.thing("a")::execute);
    }

    // The rate limit extends each wait between attempts, 200 and 400 ms, to a second.
    assertThat(sleeps()).containsExactly(200L, 800L, 400L, 600L);
  }

  @Test
  void each429DoublesTheDistanceUpToABound() {
    status.set(429);
    try (var client = client(time, 10)) {
      for (int i = 0; i < 9; i++) {
        once(client);
      }
    }

    assertThat(sleeps()).containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 6400L);
  }

  @Test
  void successesBringItBackToTheLimitAndNoFurther() {
    status.set(429);
    try (var client = client(time, 10)) {
      for (int i = 0; i < 10; i++) {
        once(client);
      }
      status.set(200);
      var before = time.sleeps().size();
      for (int i = 0; i < 200; i++) {
        client.thing("a").execute();
      }

      var since = time.sleeps().subList(before, time.sleeps().size());
      assertThat(since.get(2)).isEqualTo(Duration.ofNanos(6_400_000_000L - 6_300_000_000L / 8));
      assertThat(since.subList(1, since.size())).isSortedAccordingTo((a, b) -> b.compareTo(a));
      assertThat(since.get(40)).isLessThan(Duration.ofMillis(200));
      assertThat(since).last().isEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void otherFailuresChangeNothing() {
    status.set(404);
    try (var client = client(time, 10)) {
      for (int i = 0; i < 4; i++) {
        once(client);
      }
    }

    assertThat(sleeps()).containsExactly(100L, 100L, 100L);
  }

  @Test
  void otherFailuresDoNotEndASlowdown() {
    status.set(429);
    try (var client = client(time, 10)) {
      once(client);
      status.set(404);
      for (int i = 0; i < 3; i++) {
        once(client);
      }
    }

    assertThat(sleeps()).containsExactly(100L, 200L, 200L);
  }

  @Test
  void aCallThatCannotWaitFailsAtOnceAndLeavesItsPlaceToOthers() {
    try (var client = client(time, 1)) {
      client.thing("a").execute();
      for (int i = 0; i < 3; i++) {
        var failure =
            catchThrowableOfType(
                ApiException.class, client.thing("a").timeout(Duration.ofSeconds(1))::execute);
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("the rate limit leaves no slot before");
      }
      assertThat(time.sleeps()).isEmpty();
      client.thing("a").timeout(Duration.ofMillis(1001)).execute();
    }

    assertThat(sleeps()).containsExactly(1000L);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void saysThatA429HasSlowedTheClientDown() {
    status.set(429);
    try (var client = client(time, 10)) {
      once(client);
      once(client);
      var failure =
          catchThrowableOfType(
              ApiException.class, client.thing("a").timeout(Duration.ofMillis(150))::execute);

      assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(failure)
          .hasMessageContaining("since 429 has slowed the client down to a request every 400 ms");
    }
  }

  @Test
  void what429AnsweredBeforeItWasKnownSlowsDownOnce() {
    var stopped = new StoppedTime();
    status.set(429);
    try (var client = client(stopped, 10)) {
      for (int i = 0; i < 4; i++) {
        once(client);
      }
    }

    assertThat(stopped.sleeps).extracting(Duration::toMillis).containsExactly(100L, 300L, 500L);
  }

  @Test
  void theTimeOfAnAsynchronousCallBeginsWithItsFirstSlot() {
    try (var client = client(time, 10)) {
      var calls = new ArrayList<CompletableFuture<Long>>();
      for (int i = 0; i < 150; i++) {
        calls.add(client.thing("a").timeout(Duration.ofSeconds(5)).executeAsync());
      }

      assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(WAIT));
    }
    assertThat(server.getRequestCount()).isEqualTo(150);
  }

  @Test
  void aRepetitionStandsBeforeCallsWhoseTimeHasNotBegun() throws InterruptedException {
    var sent = new CountDownLatch(1);
    var arrived = new CountDownLatch(20);
    var front = new FrontWaits();
    server.setDispatcher(
        new Dispatcher() {
          private final AtomicInteger requests = new AtomicInteger();

          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            sent.countDown();
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(front.waiting.await(30, TimeUnit.SECONDS)).isTrue();
            var code = requests.getAndIncrement() == 0 ? 503 : 200;
            return new MockResponse.Builder().code(code).body("{\"value\":1}").build();
          }
        });
    var http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  arrived.countDown();
                  return chain.proceed(chain.request());
                })
            .build();
    http.dispatcher().setMaxRequestsPerHost(20);
    try (var client =
        TestClient.builder(server)
            .httpClient(http)
            .time(front)
            .rateLimit(RateLimit.perSecond(10))
            .build()) {
      var first = client.thing("a").executeAsync();
      assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
      var others = new ArrayList<CompletableFuture<Long>>();
      for (int i = 1; i < 20; i++) {
        others.add(client.thing("a").executeAsync());
      }

      assertThat(first).succeedsWithin(WAIT);
      front.goOn.countDown();
      assertThat(others).allSatisfy(call -> assertThat(call).succeedsWithin(WAIT));
    }
    // The first queued call has the slot after the running call, its retry the next.
    assertThat(front.sleeps).startsWith(100L, 200L, 200L);
  }

  @Test
  void closingEndsTheCallsThatWaitForTheirFirstSlot() throws InterruptedException {
    var onlyCancelled = new OnlyCancelled();
    var client = client(onlyCancelled, 1);
    var calls = new ArrayList<CompletableFuture<Long>>();
    for (int i = 0; i < 10; i++) {
      calls.add(client.thing("a").executeAsync());
    }
    assertThat(onlyCancelled.waiting.await(30, TimeUnit.SECONDS)).isTrue();

    client.close();

    assertThat(calls)
        .filteredOn(RateLimitTest::hasFailed)
        .hasSizeGreaterThanOrEqualTo(9)
        .allSatisfy(
            call ->
                assertThat(call)
                    .failsWithin(WAIT)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                        ApiException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.CANCELLED)));
  }

  private static boolean hasFailed(CompletableFuture<Long> call) {
    return call.handle((value, failure) -> failure != null)
        .orTimeout(WAIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  @Test
  void sendsFewerThanOneRequestPerSecond() {
    try (var client =
        TestClient.builder(server)
            .time(time)
            .rateLimit(RateLimit.of(10, Duration.ofMinutes(1)))
            .build()) {
      client.thing("a").execute();
      client.thing("a").execute();
      client.thing("a").execute();
    }

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(6), Duration.ofSeconds(6));
  }

  @Test
  void refusesARateThatIsNoRate() {
    assertThat(RateLimit.perSecond(5)).isEqualTo(RateLimit.of(5, Duration.ofSeconds(1)));
    for (var refused :
        List.<Runnable>of(
            () -> RateLimit.of(0, Duration.ofSeconds(1)),
            () -> RateLimit.of(1, Duration.ZERO),
            () -> RateLimit.of(1, null),
            () -> RateLimit.of(1, Duration.ofHours(25)))) {
      assertThatThrownBy(refused::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void eachClientHasItsOwn() {
    try (var one = client(time, 1);
        var other = client(time, 1)) {
      one.thing("a").execute();
      other.thing("a").execute();
    }

    assertThat(time.sleeps()).isEmpty();
  }

  private TestClient client(Time clock, int perSecond) {
    return TestClient.builder(server).time(clock).rateLimit(RateLimit.perSecond(perSecond)).build();
  }

  private static void once(TestClient client) {
    catchThrowableOfType(
        ApiException.class, client.thing("a").retryPolicy(RetryPolicy.none())::execute);
  }

  private List<Long> sleeps() {
    return time.sleeps().stream().map(Duration::toMillis).toList();
  }

  /** A stopped clock; the test wakes the first sleeper. */
  private static final class FrontWaits implements Time {
    final List<Long> sleeps = new CopyOnWriteArrayList<>();
    final CountDownLatch waiting = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public void sleep(Duration duration, CompletableFuture<?> woken) throws InterruptedException {
      sleeps.add(duration.toMillis());
      if (waiting.getCount() == 0) {
        return;
      }
      waiting.countDown();
      Future<?> unused = woken.thenRun(goOn::countDown);
      assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public long random(long bound) {
      return bound;
    }
  }

  /** A stopped clock, so that the wait of each call shows its place in the queue. */
  private static class StoppedTime implements Time {
    final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public void sleep(Duration duration, CompletableFuture<?> woken) throws InterruptedException {
      sleeps.add(duration);
    }

    @Override
    public long random(long bound) {
      return bound;
    }
  }

  /** A stopped clock; each sleep lasts until its call is cancelled. */
  private static final class OnlyCancelled extends StoppedTime {
    final CountDownLatch waiting = new CountDownLatch(1);

    @Override
    public void sleep(Duration duration, CompletableFuture<?> woken) throws InterruptedException {
      waiting.countDown();
      var cancelled = new CountDownLatch(1);
      Future<?> unused = woken.thenRun(cancelled::countDown);
      cancelled.await();
    }
  }
}
