package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks the deadline of a call and of its waits. */
@Timeout(60)
class DeadlineTest {
  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theWaitsOfACallTogetherStayWithinItsTimeout() {
    answer(503);
    var patient =
        RetryPolicy.standard()
            .maxAttempts(1000)
            .delays(Duration.ofSeconds(1), Duration.ofSeconds(20));
    try (var client = TestClient.builder(server).time(time).retryPolicy(patient).build()) {
      var failure = catchThrowableOfType(ApiException.class, client.thing("a")::execute);

      // 1 + 2 + 4 + 8 + 16 + 20, and another 20 do not fit into 60.
      assertThat(time.sleeps())
          .extracting(Duration::toSeconds)
          .containsExactly(1L, 2L, 4L, 8L, 16L, 20L);
      assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
      assertThat(failure.attempts()).isEqualTo(7);
      assertThat(failure)
          .hasMessageEndingWith(
              "; given up because the deadline leaves no time for another attempt");
    }
  }

  @Test
  void theTimeOfTheAttemptsCountsToo() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            time.advance(Duration.ofSeconds(25));
            return new MockResponse.Builder().code(503).build();
          }
        });
    try (var client = TestClient.builder(server).time(time).build()) {
      var failure =
          catchThrowableOfType(
              ApiException.class,
              client.thing("a").retryPolicy(RetryPolicy.standard().maxAttempts(9))::execute);

      assertThat(failure.attempts()).isEqualTo(3);
      assertThat(failure).hasMessageContaining("the deadline leaves no time");
    }
  }

  @Test
  void theTimeInTheQueueDoesNot() {
    var requests = new AtomicInteger();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            var status =
                switch (requests.incrementAndGet()) {
                  case 1 -> {
                    time.advance(Duration.ofMinutes(5));
                    yield 200;
                  }
                  case 2 -> 503;
                  default -> 200;
                };
            return new MockResponse.Builder().code(status).body("{\"value\":1}").build();
          }
        });
    try (var client = TestClient.builder(server).time(time).concurrency(1).build()) {
      var first = client.thing("a").executeAsync();
      var queued = client.thing("b").executeAsync();

      assertThat(first.join()).isEqualTo(1);
      assertThat(queued.join()).isEqualTo(1);
    }
    assertThat(requests).hasValue(3);
  }

  @Test
  void aRequestsOwnTimeoutHoldsForItAlone() {
    answer(503);
    try (var client = TestClient.builder(server).time(time).build()) {
      var hasty = client.thing("a").timeout(Duration.ofMillis(600));

      // The second wait, 400 ms, would end exactly at the deadline.
      assertThat(catchThrowableOfType(ApiException.class, hasty::execute).attempts()).isEqualTo(2);
      assertThat(catchThrowableOfType(ApiException.class, client.thing("a")::execute).attempts())
          .isEqualTo(3);
    }
  }

  @Test
  void aTimeoutMayBeAsLongAsOneLikes() {
    answer(200);
    var forever = ChronoUnit.FOREVER.getDuration();
    try (var client = TestClient.builder(server).timeout(forever).build()) {
      assertThat(client.thing("a").execute()).isEqualTo(1);
      assertThat(client.thing("a").timeout(forever).execute()).isEqualTo(1);

      answer(429);
      var policy = RetryPolicy.standard().delays(Duration.ofNanos(1), forever);
      assertThat(
              catchThrowableOfType(
                      ApiException.class, client.thing("a").retryPolicy(policy)::execute)
                  .attempts())
          .isEqualTo(3);
    }
  }

  @Test
  void waitsAreDrawnEvenlyBetweenNothingAndTheLongest() {
    answer(503);
    var drawn = new DrawnTime();
    try (var client = TestClient.builder(server).time(drawn).build()) {
      for (int i = 0; i < 25; i++) {
        catchThrowableOfType(ApiException.class, client.thing("a")::execute);
      }
    }

    assertThat(drawn.bounds).hasSize(50);
    assertThat(drawn.bounds.subList(0, 4))
        .containsExactly(200_000_000L, 400_000_000L, 200_000_000L, 400_000_000L);
    assertThat(drawn.sleeps).isEqualTo(drawn.drawn);
  }

  @Test
  void theMachinesDiceShowEveryNumberUpToTheBound() {
    var seen = new AtomicInteger();
    for (int i = 0; i < 1000; i++) {
      var number = Time.SYSTEM.random(3);
      assertThat(number).isBetween(0L, 3L);
      seen.accumulateAndGet(1 << number, (a, b) -> a | b);
    }
    assertThat(seen).hasValue(0b1111);
    assertThat(Time.SYSTEM.random(0)).isZero();
  }

  private void answer(int status) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().code(status).body("{\"value\":1}").build();
          }
        });
  }

  /** Dice that return a different part of the bound each time. */
  private static final class DrawnTime implements Time {
    final List<Long> bounds = new ArrayList<>();
    final List<Duration> drawn = new ArrayList<>();
    final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public void sleep(Duration duration, CompletableFuture<?> woken) {
      sleeps.add(duration);
      nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long random(long bound) {
      bounds.add(bound);
      var number = bound * (bounds.size() % 11) / 11;
      drawn.add(Duration.ofNanos(number));
      return number;
    }
  }
}
