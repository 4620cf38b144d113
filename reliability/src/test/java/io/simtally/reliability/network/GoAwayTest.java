package io.simtally.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.ApiResponse;
import io.simtally.core.RetryPolicy;
import io.simtally.mason.AggregateUsage;
import io.simtally.mason.AggregateUsagePage;
import io.simtally.mason.MasonUsage;
import io.simtally.reliability.Threads;
import io.simtally.simulator.internal.PromptSockets;
import java.io.IOException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An HTTP/2 gateway that sends GOAWAY repeatedly during a fleet run. */
class GoAwayTest {
  private static final int CALLS = 1_000;
  private static final int CALLERS = 32;
  private static final int CALLS_PER_CONNECTION = 100;

  private final Threads threads = Threads.now();
  private final MockWebServer server = new MockWebServer();
  private final AtomicInteger requests = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  // Without a read timeout: a machine that stalls must not look like a request begun twice.
  private final OkHttpClient http =
      new OkHttpClient.Builder()
          .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
          .readTimeout(Duration.ZERO)
          .addNetworkInterceptor(this::recordFailure)
          .build();
  private LeavingServer leaving;
  private MasonUsage client;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            if (requests.incrementAndGet() % CALLS_PER_CONNECTION == 0) {
              leaving.goAway();
            }
            return right(request.getUrl().encodedPath());
          }
        });
    server.start();
    leaving = LeavingServer.start(server.getPort());
    client =
        MasonUsage.builder()
            .apiKey("key-7f3a")
            .baseUrl("http://127.0.0.1:" + leaving.port())
            .httpClient(http)
            .retryPolicy(
                RetryPolicy.standard()
                    .maxAttempts(8)
                    .delays(Duration.ofMillis(1), Duration.ofMillis(4)))
            .build();
  }

  @AfterEach
  void leavesNothingBehind() throws IOException {
    client.close();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
    leaving.close();
    server.close();
    assertThat(threads.left()).isEmpty();
  }

  @Test
  void losesNoCallAndRepeatsNoneThatTheServerHasStarted() throws Exception {
    var calls = new ArrayList<Callable<ApiResponse<AggregateUsagePage>>>();
    for (int sim = 0; sim < CALLS; sim++) {
      var request = client.aggregateSimUsage(iccid(sim)).month(YearMonth.of(2026, 1));
      calls.add(request::executeWithResponse);
    }
    var pool = Executors.newFixedThreadPool(CALLERS);
    var attempts = 0;
    var rows = new ArrayList<String>();
    for (var call : pool.invokeAll(calls)) {
      attempts += call.get().attempts();
      call.get().value().items().stream().map(GoAwayTest::row).forEach(rows::add);
    }
    pool.shutdown();

    assertThat(rows).hasSize(CALLS).doesNotHaveDuplicates();
    assertThat(requests.get())
        .as("requests that the server has begun; failures: %s", failures)
        .isEqualTo(CALLS);
    // Attempts that OkHttp ends itself after a GOAWAY count too.
    assertThat(attempts).isGreaterThanOrEqualTo(CALLS + leaving.turnedAway());
    assertThat(leaving.turnedAway()).isPositive();
    assertThat(leaving.connections()).isGreaterThan(CALLS / CALLS_PER_CONNECTION - 1);
  }

  private Response recordFailure(Interceptor.Chain chain) throws IOException {
    try {
      return chain.proceed(chain.request());
    } catch (IOException e) {
      failures.add(chain.request().url().encodedPath() + ": " + e);
      throw e;
    }
  }

  private static String row(AggregateUsage row) {
    assertThat(row.usage().total()).isEqualTo(3);
    assertThat(row.sim()).isNotNull();
    return row.sim().iccid();
  }

  private static String iccid(int sim) {
    return "89012600000000%05d".formatted(sim);
  }

  private static MockResponse right(String path) {
    var json =
        """
        {"data": [{"sim": {"iccid": "%s"}, "usage": {"total": 3, "unit": "bytes", "upload": 1,
          "download": 2, "date": "2026-01-01T00:00:00Z"}}]}
        """;
    return new MockResponse.Builder()
        .body(json.formatted(path.substring(path.lastIndexOf('/') + 1)))
        .build();
  }
}
