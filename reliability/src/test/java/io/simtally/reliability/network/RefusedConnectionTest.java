package io.simtally.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.CallListener;
import io.simtally.core.RetryPolicy;
import io.simtally.mason.AggregateUsageRequest;
import io.simtally.mason.MasonUsage;
import io.simtally.reliability.Threads;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A port without a server: every connection is refused, a thousand times in a row. */
class RefusedConnectionTest {
  private static final int CALLS = 1_000;

  /** The number of retries until a call must succeed: a budget of 500, each retry costs 5. */
  private static final int REPETITIONS = 100;

  private final Threads threads = Threads.now();
  private final AtomicInteger attemptsHeard = new AtomicInteger();
  private final Set<Long> stackDepths = ConcurrentHashMap.newKeySet();
  private MasonUsage client;

  @BeforeEach
  void start() throws IOException {
    client =
        MasonUsage.builder()
            .apiKey("key-7f3a")
            .baseUrl("http://127.0.0.1:" + deadPort())
            .retryPolicy(RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1)))
            .listener(
                new CallListener() {
                  @Override
                  public void attemptStarted(Attempt event) {
                    attemptsHeard.incrementAndGet();
                    stackDepths.add(StackWalker.getInstance().walk(frames -> frames.count()));
                  }
                })
            .build();
  }

  @AfterEach
  void leavesNothingBehind() {
    client.close();
    assertThat(threads.left()).isEmpty();
  }

  @Test
  void limitsRetriesAndTheStack() {
    var attempts = 0;
    var last = "";
    for (int i = 0; i < CALLS; i++) {
      var failure = failureOf(request());
      assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
      attempts += failure.attempts();
      last = failure.getMessage();
    }

    assertThat(attempts).isEqualTo(CALLS + REPETITIONS).isEqualTo(attemptsHeard.get());
    assertThat(last).contains("retry budget is spent");
    assertThat(stackDepths).hasSize(1);
  }

  @Test
  void sharesTheRetryBudgetBetweenThreads() throws Exception {
    var calls = new ArrayList<Callable<ApiException>>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(() -> failureOf(request()));
    }
    var pool = Executors.newFixedThreadPool(16);
    var attempts = 0;
    for (var call : pool.invokeAll(calls)) {
      assertThat(call.get().kind()).isEqualTo(Kind.CONNECTION);
      attempts += call.get().attempts();
    }
    pool.shutdown();

    assertThat(attempts).isEqualTo(CALLS + REPETITIONS).isEqualTo(attemptsHeard.get());
  }

  @Test
  void waitsBetweenTheAttemptsOfACall() {
    var patient =
        request()
            .retryPolicy(
                RetryPolicy.standard()
                    .maxAttempts(CALLS)
                    .delays(Duration.ofMillis(40), Duration.ofMillis(40)));
    var processor = ManagementFactory.getThreadMXBean();
    var startProcessor = processor.getCurrentThreadCpuTime();
    var start = System.nanoTime();

    var failure = failureOf(patient);

    var busy = processor.getCurrentThreadCpuTime() - startProcessor;
    assertThat(busy).isLessThan((System.nanoTime() - start) / 2);
    assertThat(failure.attempts()).isEqualTo(1 + REPETITIONS).isEqualTo(attemptsHeard.get());
    assertThat(failure).hasMessageContaining("retry budget is spent");
    assertThat(stackDepths).hasSize(1);
  }

  private AggregateUsageRequest request() {
    return client.aggregateAccountUsage().month(YearMonth.of(2026, 1));
  }

  private static ApiException failureOf(AggregateUsageRequest request) {
    return catchThrowableOfType(ApiException.class, request::execute);
  }

  private static int deadPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
