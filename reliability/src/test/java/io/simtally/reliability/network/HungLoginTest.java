package io.simtally.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.reliability.Threads;
import io.simtally.simulator.internal.PromptSockets;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ThingSpace that accepts token requests and never answers them. */
class HungLoginTest {
  /** The simulated fleets have usage on the thirty days before this moment. */
  private static final Clock JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private static final String TOKEN = "/api/ts/v1/oauth2/token";
  private static final String LOGIN = "/api/m2m/v1/session/login";
  private static final int CALLERS = 16;

  private final Threads threads = Threads.now();
  private final ThingSpaceSimulator simulator =
      ThingSpaceSimulator.builder().clock(JANUARY).build();
  private final MockWebServer server = new MockWebServer();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger hung = new AtomicInteger();
  private volatile String hangs = "";

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            if (request.getUrl().encodedPath().equals(hangs)) {
              hung.incrementAndGet();
              over.await();
            }
            return simulator.dispatch(request);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKEN, LOGIN})
  void endsEachCallAtItsDeadlineAndSendsOneTokenRequest(String endpoint) throws Exception {
    hangs = endpoint;
    var start = System.nanoTime();
    try (var client = client()) {
      for (var failure : inParallel(() -> failureOf(client, Duration.ofMillis(500)))) {
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.attempts()).isEqualTo(1);
      }
      // Less than the login's own time limit of 30 seconds.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      assertThat(hung).hasValue(1);
      assertThat(simulator.traffic().usageRequests()).isZero();
    }
    assertThat(threadsOfClients()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {TOKEN, LOGIN})
  void doesNotDelayCallsThatHaveTokens(String endpoint) throws Exception {
    try (var warm = client();
        var cold = client()) {
      var answer = usage(warm, Duration.ofSeconds(15));
      hangs = endpoint;
      var waiting = Executors.newSingleThreadExecutor();
      var stuck = waiting.submit(() -> failureOf(cold, Duration.ofSeconds(3)));

      for (var other : inParallel(() -> usage(warm, Duration.ofSeconds(15)))) {
        assertThat(other).isEqualTo(answer);
      }

      assertThat(stuck.get(15, TimeUnit.SECONDS).kind()).isEqualTo(Kind.TIMEOUT);
      waiting.shutdown();
      assertThat(simulator.traffic().usageRequests()).isEqualTo(1 + CALLERS);
    }
    assertThat(threadsOfClients()).isEmpty();
  }

  private List<String> threadsOfClients() {
    // The server's own threads block until the test ends.
    over.countDown();
    server.close();
    return threads.left();
  }

  private ThingSpaceM2m client() {
    return ThingSpaceM2m.builder()
        .baseUrl("http://127.0.0.1:" + server.getPort() + "/api")
        .credentials(
            ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
                .login(simulator.username(), simulator.password()))
        .build();
  }

  private static <T> List<T> inParallel(Callable<T> call) throws Exception {
    var pool = Executors.newFixedThreadPool(CALLERS);
    var calls = new ArrayList<Callable<T>>();
    for (int i = 0; i < CALLERS; i++) {
      calls.add(call);
    }
    var results = new ArrayList<T>();
    for (var result : pool.invokeAll(calls)) {
      results.add(result.get());
    }
    pool.shutdown();
    return results;
  }

  private ApiException failureOf(ThingSpaceM2m client, Duration timeout) {
    return catchThrowableOfType(ApiException.class, () -> usage(client, timeout));
  }

  private UsageHistory usage(ThingSpaceM2m client, Duration timeout) {
    return client
        .usageHistory()
        .device(DeviceId.iccid(simulator.devices().get(0).id()))
        .earliest(Instant.parse("2026-01-01T00:00:00Z"))
        .latest(Instant.parse("2026-01-31T00:00:00Z"))
        .timeout(timeout)
        .execute();
  }
}
