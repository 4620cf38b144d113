package io.simtally.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.RetryPolicy;
import io.simtally.mason.MasonUsage;
import io.simtally.simulator.internal.PromptSockets;
import java.io.IOException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/** A client with only dead idle connections, as after a restart of the server. */
class StalePoolTest {
  private static final int CONNECTIONS = 8;

  @Test
  void losesNoCallWhenAllIdleConnectionsAreDead() throws Exception {
    var crowd = new Crowd();
    try (var server = server(crowd);
        var proxy = FaultyProxy.start(Wire.HTTP_1, server.getPort());
        var client =
            MasonUsage.builder()
                .apiKey("key-7f3a")
                .baseUrl("http://127.0.0.1:" + proxy.port())
                .retryPolicy(
                    RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1)))
                .build()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        proxy.next(new Fault(Phase.IDLE, Damage.CUT));
      }
      var month = client.aggregateAccountUsage().month(YearMonth.of(2026, 1));
      var calls = Stream.generate(month::executeAsync).limit(CONNECTIONS).toList();
      for (var call : calls) {
        call.get(20, TimeUnit.SECONDS);
      }
      assertThat(proxy.connections()).isEqualTo(CONNECTIONS);
      proxy.callsAreOver(CONNECTIONS);
      crowd.goesHome();

      var response = month.executeWithResponse();

      assertThat(response.value().items()).isEqualTo(List.of());
      assertThat(response.attempts()).isEqualTo(2);
      assertThat(server.getRequestCount()).isEqualTo(CONNECTIONS + 1);
    }
  }

  private static MockWebServer server(Dispatcher dispatcher) throws IOException {
    var server = new MockWebServer();
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(dispatcher);
    server.start();
    return server;
  }

  /** Responds when a number of requests have arrived, which forces as many connections. */
  private static final class Crowd extends Dispatcher {
    private volatile CyclicBarrier all = new CyclicBarrier(CONNECTIONS);

    void goesHome() {
      all = new CyclicBarrier(1);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      try {
        all.await(20, TimeUnit.SECONDS);
      } catch (BrokenBarrierException | TimeoutException e) {
        return new MockResponse.Builder().code(500).build();
      }
      return new MockResponse.Builder().body("{\"data\": []}").build();
    }
  }
}
