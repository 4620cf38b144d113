package io.simtally.simulator.thingspace;

import static io.simtally.simulator.thingspace.ThingSpaceCalls.byDevice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.Answer;
import io.simtally.simulator.Fault;
import io.simtally.simulator.January;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.SimulatorTest;
import io.simtally.simulator.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

final class ThingSpaceTrafficTest extends SimulatorTest {
  @Test
  void countsRowsAndBytesAsTheClientReadsThem() throws Exception {
    ThingSpaceSimulator simulator = January.of(ThingSpaceSimulator.builder()).devices(5).build();
    ThingSpaceCalls.Tokens calls = start(simulator).logIn();
    long rows = 0;
    long bytes = 0;
    for (SimulatedDevice device : simulator.devices()) {
      Answer answer = calls.usage(byDevice(device));
      rows += answer.rows().size();
      bytes += answer.body().getBytes(StandardCharsets.UTF_8).length;
      assertThat(simulator.traffic())
          .extracting(Traffic::rowsServed, Traffic::bytesServed)
          .containsExactly(rows, bytes);
    }

    assertThat(simulator.traffic()).isEqualTo(new Traffic(1, 1, 1, 1, 0, 5, 0, 0, rows, bytes));
  }

  @Test
  void isExactWhenManyAskAtOnce() throws Exception {
    ThingSpaceSimulator simulator = January.of(ThingSpaceSimulator.builder()).devices(400).build();
    simulator.every(5, Fault.serviceUnavailable()).every(7, Fault.cutOffBody());
    ThingSpaceCalls server = start(simulator);
    ThingSpaceCalls.Tokens calls = server.logIn();
    AtomicLong rows = new AtomicLong();
    AtomicLong unavailable = new AtomicLong();
    AtomicLong broken = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> asked = new ArrayList<>();
      for (SimulatedDevice device : simulator.devices()) {
        asked.add(threads.submit(() -> ask(calls, device, rows, unavailable, broken)));
      }
      for (Future<?> one : asked) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(simulator.traffic().usageRequests()).isEqualTo(400);
    assertThat(simulator.traffic().rowsServed()).isEqualTo(rows.get());
    assertThat(unavailable.get()).isEqualTo(400 / 5);
    assertThat(broken.get()).isEqualTo(400 / 7 - 400 / 35);
    assertThat(simulator.requests()).hasSize(402);
  }

  private static void ask(
      ThingSpaceCalls.Tokens calls,
      SimulatedDevice device,
      AtomicLong rows,
      AtomicLong unavailable,
      AtomicLong broken) {
    try {
      Answer answer = calls.usage(byDevice(device));
      if (answer.status() == 503) {
        unavailable.incrementAndGet();
      } else {
        rows.addAndGet(answer.rows().size());
      }
    } catch (IOException e) {
      broken.incrementAndGet();
    }
  }

  @Test
  void keepsTheRequestsForInspection() throws Exception {
    ThingSpaceSimulator simulator = January.of(ThingSpaceSimulator.builder()).build();
    ThingSpaceCalls.Tokens calls = start(simulator).logIn();
    String json = byDevice(simulator.devices().get(0));
    calls.usage(json);

    List<RecordedRequest> requests = simulator.requests();
    assertThat(requests)
        .extracting(RecordedRequest::getTarget)
        .containsExactly(
            "/api/ts/v1/oauth2/token",
            "/api/m2m/v1/session/login",
            "/api/m2m/v1/devices/usage/actions/list");
    assertThat(requests.get(2).getHeaders().get("VZ-M2M-Token")).isEqualTo(calls.session);
    assertThat(String.valueOf(requests.get(2).getBody().utf8())).isEqualTo(json);
  }

  @Test
  void livesBesideOthersBehindOneDispatcher() throws Exception {
    ThingSpaceSimulator simulator = January.of(ThingSpaceSimulator.builder()).build();
    Dispatcher front =
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return simulator.serves(request.getUrl().encodedPath())
                ? simulator.dispatch(request)
                : new MockResponse.Builder().code(418).build();
          }
        };
    try (SimulatorServer server = SimulatorServer.start(front, "/api")) {
      ThingSpaceCalls calls = new ThingSpaceCalls(simulator, server);
      assertThat(calls.token().status()).isEqualTo(200);
      assertThat(calls.send("GET", "/../analytics/data-usage", null).status()).isEqualTo(418);
      assertThat(calls.send("GET", "/anything/else", null).status()).isEqualTo(404);
    }
  }

  @Test
  void listensOnLoopbackUntilClosed() throws Exception {
    ThingSpaceSimulator simulator = January.of(ThingSpaceSimulator.builder()).build();
    SimulatorServer server = simulator.start();
    assertThat(server.url()).matches("http://127\\.0\\.0\\.1:[0-9]+/api");
    ThingSpaceCalls calls = new ThingSpaceCalls(simulator, server);
    assertThat(calls.token().status()).isEqualTo(200);

    server.close();
    assertThatThrownBy(calls::token).isInstanceOf(IOException.class);
  }
}
