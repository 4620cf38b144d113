package io.simtally.simulator.mason;

import static io.simtally.simulator.mason.MasonCalls.isError;
import static io.simtally.simulator.mason.MasonCalls.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.Answer;
import io.simtally.simulator.Fault;
import io.simtally.simulator.January;
import io.simtally.simulator.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class MasonTrafficTest {
  private static final String SIMS = "aggregate/usage/sim?date=2026-01-01T00:00:00Z";

  private final MasonSimulator simulator = January.of(MasonSimulator.builder()).build();
  @AutoClose private final MasonCalls calls = new MasonCalls(simulator);

  @Test
  void countsRowsAndBytesAsTheClientReadsThem() throws Exception {
    Answer sims = calls.get(SIMS);
    Answer days = calls.get("series/usage?start=2026-01-01T00:00:00Z&end=2026-01-11T00:00:00Z");
    calls.get("aggregate/usage");
    calls.get("elsewhere");

    long bytes = (sims.body() + days.body()).getBytes(StandardCharsets.UTF_8).length;
    assertThat(simulator.traffic()).isEqualTo(new Traffic(0, 0, 0, 0, 0, 3, 1, 2, 10 + 10, bytes));
  }

  @Test
  void refusesInMasonsEnvelope() throws Exception {
    simulator.next(
        Fault.tooManyRequests(Duration.ofSeconds(7)),
        Fault.serviceUnavailable(),
        Fault.serverError(500));

    Answer throttled = calls.get(SIMS);
    isError(throttled, 429, "rate_limit_error");
    assertThat(throttled.headers().get("Retry-After")).isEqualTo("7");
    isError(calls.get(SIMS), 503, "api_error");
    isError(calls.get(SIMS), 500, "api_error");
    assertThat(rows(calls.get(SIMS))).hasSize(10);
    assertThat(simulator.traffic().refusedRequests()).isZero();
    assertThat(simulator.traffic().usageRequests()).isEqualTo(4);
  }

  @Test
  void doesNotCountWhatDidNotArrive() throws Exception {
    simulator.next(Fault.cutOffBody(), Fault.disconnect(), Fault.emptyBody());

    assertThatThrownBy(() -> calls.get(SIMS)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> calls.get(SIMS)).isInstanceOf(IOException.class);
    assertThat(calls.get(SIMS).body()).isEmpty();
    assertThat(simulator.traffic()).isEqualTo(new Traffic(0, 0, 0, 0, 0, 3, 0, 0, 0, 0));
  }

  @Test
  void everyThirdRequestMeetsTheFaultUntilItIsCleared() throws Exception {
    simulator.every(3, Fault.serviceUnavailable());

    for (int round = 0; round < 2; round++) {
      assertThat(calls.get(SIMS).status()).isEqualTo(200);
      assertThat(calls.get(SIMS).status()).isEqualTo(200);
      assertThat(calls.get(SIMS).status()).isEqualTo(503);
    }
    simulator.usageFaults().clear();
    for (int i = 0; i < 3; i++) {
      assertThat(calls.get(SIMS).status()).isEqualTo(200);
    }
  }

  @Test
  void hasNoCredentialThatExpires() {
    assertThatThrownBy(() -> simulator.next(Fault.expiredToken()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("requests here carry no TOKEN to expire");
    assertThatThrownBy(() -> simulator.every(2, Fault.expiredSession()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isExactWhenManyAskAtOnce() throws Exception {
    MasonSimulator many = January.of(MasonSimulator.builder()).sims(300).pageSize(20).build();
    many.every(5, Fault.serviceUnavailable()).every(7, Fault.cutOffBody());
    AtomicLong rows = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (MasonCalls manyCalls = new MasonCalls(many)) {
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String order = i % 2 == 0 ? "&orderBy=asc" : "";
        asked.add(threads.submit(() -> rows.addAndGet(ask(manyCalls, SIMS + order))));
      }
      for (Future<?> one : asked) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }

    long whole = 200 - 200 / 5 - (200 / 7 - 200 / 35);
    assertThat(rows).hasValue(20 * whole);
    assertThat(many.traffic().rowsServed()).isEqualTo(20 * whole);
    assertThat(many.traffic().usageRequests()).isEqualTo(200);
  }

  private static int ask(MasonCalls calls, String path) {
    try {
      Answer answer = calls.get(path);
      return answer.status() == 503 ? 0 : rows(answer).size();
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void keepsTheRequestsForInspectionAndServesItsOwnPathsOnly() throws Exception {
    calls.get(SIMS);

    assertThat(simulator.requests())
        .extracting(RecordedRequest::getTarget)
        .containsExactly("/beta/default/data/" + SIMS);
    assertThat(simulator.serves("/beta/any/data")).isTrue();
    assertThat(simulator.serves("/api/m2m/v1/session/login")).isFalse();
    assertThat(simulator.serves("/analytics/data-usage")).isFalse();
  }
}
