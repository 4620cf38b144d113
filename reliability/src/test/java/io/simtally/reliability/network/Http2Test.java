package io.simtally.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.ApiResponse;
import io.simtally.core.RetryPolicy;
import io.simtally.mason.AggregateUsagePage;
import io.simtally.mason.AggregateUsageRequest;
import io.simtally.mason.MasonUsage;
import io.simtally.reliability.TestTls;
import io.simtally.reliability.Threads;
import io.simtally.simulator.internal.PromptSockets;
import java.io.IOException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of HTTP/2 streams on a healthy TCP connection. */
class Http2Test {
  private static final String JSON =
      """
      {"data": [{"usage": {"total": 3, "unit": "bytes", "upload": 1, "download": 2,
        "date": "2026-01-01T00:00:00Z"}}]}
      """;
  private static final int REFUSED_STREAM = 7;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int CALLS = 600;
  private static final int CALLERS = 32;

  private final Threads threads = Threads.now();
  private final MockWebServer server = new MockWebServer();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger toRefuse = new AtomicInteger();
  private volatile MockResponse refusal = right();
  private volatile IntFunction<MockResponse> answers = number -> right();
  private final OkHttpClient http = TestTls.trusting(new OkHttpClient.Builder()).build();
  private MasonUsage client;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(new Streams());
    server.useHttps(TestTls.server());
    server.start();
    client =
        MasonUsage.builder()
            .apiKey("key-7f3a")
            .baseUrl("https://127.0.0.1:" + server.getPort())
            .httpClient(http)
            .retryPolicy(RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1)))
            .build();
  }

  @AfterEach
  void leavesNothingBehind() {
    client.close();
    TestTls.close(http);
    assertThat(http.connectionPool().connectionCount()).isZero();
    server.close();
    assertThat(threads.left()).isEmpty();
  }

  /** The error codes of RFC 9113, section 7, with which a server may end a stream. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 8, 10, 11, 13})
  void retriesAStreamThatEndsBeforeItsResponse(int code) {
    request().execute();
    refuse(1, code);

    var response = request().executeWithResponse();

    isRight(response);
    assertThat(response.attempts()).isEqualTo(2).isEqualTo(requestsOnceThereAre(3) - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 8, 10, 11, 13})
  void retriesAStreamThatEndsWithinItsResponse(int code) {
    answers(
        number ->
            number == 1
                ? right().newBuilder().onResponseBody(new SocketEffect.CloseStream(code)).build()
                : right());

    var response = request().executeWithResponse();

    isRight(response);
    assertThat(response.attempts()).isEqualTo(2).isEqualTo(requests.get());
  }

  @Test
  void countsEveryRefusedStream() {
    request().execute();
    refuse(CALLS, REFUSED_STREAM);

    var failure = catchThrowableOfType(ApiException.class, request()::execute);

    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
    assertThat(failure.attempts()).isEqualTo(3).isEqualTo(requestsOnceThereAre(4) - 1);
  }

  @Test
  void losesNoCallOfAFleetRunWhenTheServerRefusesStreams() throws Exception {
    request().execute();
    requests.set(0);
    refuse(CALLS / 15, REFUSED_STREAM);
    var request = request().retryPolicy(patient());
    var calls = new ArrayList<Callable<ApiResponse<AggregateUsagePage>>>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(request::executeWithResponse);
    }
    var pool = Executors.newFixedThreadPool(CALLERS);
    var attempts = 0;
    for (var call : pool.invokeAll(calls)) {
      isRight(call.get());
      attempts += call.get().attempts();
    }
    pool.shutdown();

    assertThat(requests.get()).isGreaterThan(CALLS).isLessThanOrEqualTo(attempts);
  }

  /** The server counts a stream after it has ended it; the client may be finished by then. */
  private int requestsOnceThereAre(int expected) {
    var start = System.nanoTime();
    while (requests.get() < expected && System.nanoTime() - start < PATIENCE.toNanos()) {
      LockSupport.parkNanos(1_000_000);
    }
    return requests.get();
  }

  private static RetryPolicy patient() {
    return RetryPolicy.standard().maxAttempts(8).delays(Duration.ofMillis(1), Duration.ofMillis(4));
  }

  private AggregateUsageRequest request() {
    return client.aggregateAccountUsage().month(YearMonth.of(2026, 1));
  }

  private static void isRight(ApiResponse<AggregateUsagePage> response) {
    assertThat(response.value().items())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.usage().total()).isEqualTo(3);
              assertThat(row.usage().upload()).isEqualTo(1);
              assertThat(row.usage().download()).isEqualTo(2);
            });
  }

  private void answers(IntFunction<MockResponse> byNumber) {
    answers = byNumber;
  }

  /** Ends the next streams before their requests are read. A new connection uses up one too. */
  private void refuse(int streams, int code) {
    refusal = right().newBuilder().onRequestStart(new SocketEffect.CloseStream(code)).build();
    toRefuse.set(streams);
  }

  private final class Streams extends Dispatcher {
    @Override
    public MockResponse peek() {
      return toRefuse.getAndUpdate(left -> Math.max(0, left - 1)) == 0 ? right() : refusal;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return answers.apply(requests.incrementAndGet());
    }
  }

  private static MockResponse right() {
    return new MockResponse.Builder().body(JSON).build();
  }
}
