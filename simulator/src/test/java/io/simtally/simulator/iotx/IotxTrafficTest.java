package io.simtally.simulator.iotx;

import static io.simtally.simulator.iotx.IotxCalls.content;
import static io.simtally.simulator.iotx.IotxCalls.isError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.Answer;
import io.simtally.simulator.Fault;
import io.simtally.simulator.January;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class IotxTrafficTest {
  private static final IotxSubscriber SUBSCRIBER = new IotxSubscriber("1", "2");
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final IotxSimulator simulator =
      January.of(IotxSimulator.builder())
          .subscribers(0)
          .subscriber(
              SUBSCRIBER,
              new IotxUsage(TIME, 1, 2, 3, "TCP", "8.8.8.4"),
              new IotxUsage(TIME, 4, 5, 6, "UDP", "8.8.8.4"),
              new IotxUsage(TIME.plusSeconds(3600), 4, 5, 6, "UDP", "8.8.8.4"))
          .build();
  @AutoClose private final IotxCalls calls = new IotxCalls(simulator);

  @Test
  void countsRowsAndBytesAsTheClientReadsThem() throws Exception {
    long rows = 0;
    long bytes = 0;
    // Two times in two directions, one subscriber, two times, three times by protocol, one address.
    Object[][] expected = {
      {"data-usage", 4},
      {"data-usage-by-subscriber", 1},
      {"session-count", 2},
      {"data-usage-network-protocol", 3},
      {"data-usage-ip-address", 1}
    };
    for (Object[] one : expected) {
      Answer answer = calls.company((String) one[0]);
      rows += (Integer) one[1];
      bytes += answer.body().getBytes(StandardCharsets.UTF_8).length;
      assertThat(simulator.traffic())
          .extracting(Traffic::rowsServed, Traffic::bytesServed)
          .containsExactly(rows, bytes);
    }
    calls.get("data-usage");
    calls.get("elsewhere");

    assertThat(simulator.traffic()).isEqualTo(new Traffic(0, 0, 0, 0, 0, 6, 1, 2, rows, bytes));
  }

  @Test
  void refusesInTheEnvelopeOfTheSpecification() throws Exception {
    simulator.next(
        Fault.tooManyRequests(Duration.ofSeconds(7)),
        Fault.serviceUnavailable(),
        Fault.serverError(500));

    Answer throttled = calls.company("data-usage");
    isError(throttled, 429, "Too many requests");
    assertThat(throttled.headers().get("Retry-After")).isEqualTo("7");
    isError(calls.company("session-count"), 503, "Error 503");
    isError(calls.company("data-usage"), 500, "Error 500");
    content(calls.company("data-usage"));
    assertThat(simulator.traffic().refusedRequests()).isZero();
    assertThat(simulator.traffic().usageRequests()).isEqualTo(4);
  }

  @Test
  void doesNotCountWhatDidNotArrive() throws Exception {
    simulator.next(Fault.cutOffBody(), Fault.disconnect(), Fault.emptyBody());

    assertThatThrownBy(() -> calls.company("data-usage")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> calls.company("data-usage")).isInstanceOf(IOException.class);
    assertThat(calls.company("data-usage").body()).isEmpty();
    assertThat(simulator.traffic()).isEqualTo(new Traffic(0, 0, 0, 0, 0, 3, 0, 0, 0, 0));
  }

  @Test
  void everyThirdRequestMeetsTheFaultUntilItIsCleared() throws Exception {
    simulator.every(3, Fault.serviceUnavailable());

    for (int round = 0; round < 2; round++) {
      assertThat(calls.company("data-usage").status()).isEqualTo(200);
      assertThat(calls.company("session-count").status()).isEqualTo(200);
      assertThat(calls.company("data-usage").status()).isEqualTo(503);
    }
    simulator.usageFaults().clear();
    for (int i = 0; i < 3; i++) {
      assertThat(calls.company("data-usage").status()).isEqualTo(200);
    }
  }

  @Test
  void keepsTheRequestsForInspection() throws Exception {
    calls.subscriber("session-count", "1");

    assertThat(simulator.requests())
        .extracting(RecordedRequest::getTarget)
        .containsExactly("/analytics/session-count/1?physicalId=1&" + IotxCalls.DATES);
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
      assertThat(status(server.url() + "/analytics/data-usage")).isEqualTo(401);
      assertThat(status(server.url() + "/api/ts/v1/oauth2/token")).isEqualTo(418);
    }
    assertThat(calls.url()).matches("http://127\\.0\\.0\\.1:[0-9]+");
  }

  private static int status(String url) throws IOException {
    try (Response response =
        new OkHttpClient().newCall(new Request.Builder().url(url).build()).execute()) {
      return response.code();
    }
  }
}
