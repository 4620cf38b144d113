package io.simtally.simulator.alef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.Answer;
import io.simtally.simulator.Fault;
import io.simtally.simulator.January;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.Traffic;
import java.io.IOException;
import java.time.Duration;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AlefTrafficTest {
  private final AlefSimulator simulator = January.of(AlefSimulator.builder()).build();
  private final AlefCalls calls = new AlefCalls(simulator);
  private final AlefSubscriber subscriber = simulator.subscribers().get(0);

  @AfterEach
  void stop() {
    calls.close();
  }

  @Test
  void countsRowsAndBytesAsTheClientReadsThem() throws IOException {
    long rows = 0;
    long bytes = 0;
    for (AlefSubscriber each : simulator.subscribers()) {
      Answer answer = calls.bytes(each);
      rows += AlefReportTest.lists(answer.object()).get(0).size();
      bytes += answer.body().length();
    }

    assertThat(rows).isPositive();
    assertThat(simulator.traffic()).isEqualTo(new Traffic(0, 0, 0, 0, 0, 10, 0, 0, rows, bytes));
  }

  @Test
  void meetsTheScriptedFaultsOneEach() throws IOException {
    simulator.next(
        Fault.tooManyRequests(Duration.ofSeconds(7)),
        Fault.serverError(502),
        Fault.htmlError(200),
        Fault.emptyBody());

    Answer tooMany = calls.bytes(subscriber);
    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.headers().get("Retry-After")).isEqualTo("7");
    assertThat(calls.bytes(subscriber).status()).isEqualTo(502);
    assertThat(calls.bytes(subscriber).body()).startsWith("<html>");
    assertThat(calls.bytes(subscriber).body()).isEmpty();
    assertThat(simulator.traffic()).isEqualTo(new Traffic(0, 0, 0, 0, 0, 4, 0, 0, 0, 0));
    assertThat(calls.bytes(subscriber).status()).isEqualTo(200);
  }

  @Test
  void countsNothingOfAnAnswerThatBreaksOff() throws IOException {
    simulator.every(2, Fault.cutOffBody());

    assertThat(calls.bytes(subscriber).status()).isEqualTo(200);
    Traffic before = simulator.traffic();
    assertThatThrownBy(() -> calls.bytes(subscriber)).isInstanceOf(IOException.class);
    assertThat(simulator.traffic().rowsServed()).isEqualTo(before.rowsServed());
    assertThat(simulator.traffic().usageRequests()).isEqualTo(2);
    simulator.reportFaults().clear();
    assertThat(calls.bytes(subscriber).status()).isEqualTo(200);
    assertThat(calls.bytes(subscriber).status()).isEqualTo(200);
  }

  @Test
  void hasNoCredentialThatExpires() {
    assertThatThrownBy(() -> simulator.next(Fault.expiredToken()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("requests here carry no TOKEN to expire");
  }

  @Test
  void keepsTheRequestsForInspection() throws IOException {
    calls.bytes(subscriber);

    assertThat(simulator.requests())
        .extracting(RecordedRequest::getTarget)
        .containsExactly("/connectivity/v1/report?apikey=simulated-key");
  }

  @Test
  void livesBesideOthersBehindOneDispatcher() throws Exception {
    Dispatcher front =
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return simulator.serves(request.getUrl().encodedPath())
                ? simulator.dispatch(request)
                : new MockResponse.Builder().code(418).build();
          }
        };
    try (SimulatorServer server = SimulatorServer.start(front, "")) {
      assertThat(server.url()).matches("http://127\\.0\\.0\\.1:[0-9]+");
    }
    assertThat(simulator.serves("/connectivity/v1/report")).isTrue();
    assertThat(simulator.serves("/connectivity/v9/x")).isTrue();
    assertThat(simulator.serves("/api/m2m/v1/session/login")).isFalse();
    assertThat(simulator.serves("/analytics/data-usage")).isFalse();
  }
}
