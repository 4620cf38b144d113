package io.simtally.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.simtally.core.ApiException;
import io.simtally.core.CallListener;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.Fault;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.thingspace.SimulatedDevice;
import io.simtally.simulator.thingspace.SimulatedUsage;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistoryRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The meters in a registry after real calls to a simulated provider. */
@Timeout(60)
class SimtallyMetricsTest {
  /** The simulated fleets have usage on the thirty days before this moment. */
  private static final Clock JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");
  private static final String IMEI = "354394080001238";
  private static final Tags ENDPOINT =
      Tags.of("provider", "thingspace-m2m", "operation", "POST /m2m/v1/devices/usage/actions/list");
  private static final Tags SUCCESS = ENDPOINT.and("outcome", "SUCCESS", "status", "200");

  private final ThingSpaceSimulator simulator =
      ThingSpaceSimulator.builder()
          .clock(JANUARY)
          .device(
              SimulatedDevice.of("imei", IMEI),
              SimulatedUsage.of(DAY, 1),
              SimulatedUsage.of(DAY.plusSeconds(86_400), 2),
              SimulatedUsage.of(DAY.plusSeconds(2 * 86_400), 4))
          .build();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private SimulatorServer server;

  @BeforeEach
  void start() {
    server = simulator.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void countsAndTimesCallsAttemptsAndBytes() {
    try (var client = client(SimtallyMetrics.listener(registry))) {
      request(client, IMEI).execute();
      request(client, IMEI).execute();
    }

    var calls = registry.get("simtally.calls").tags(SUCCESS).timer();
    assertThat(calls.count()).isEqualTo(2);
    assertThat(calls.totalTime(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(registry.get("simtally.attempts").tags(SUCCESS).timer().count()).isEqualTo(2);
    var size = registry.get("simtally.response.size").tags(ENDPOINT).summary();
    assertThat(size.count()).isEqualTo(2);
    assertThat(size.totalAmount()).isEqualTo(simulator.traffic().bytesServed());
    assertThat(size.getId().getBaseUnit()).isEqualTo("bytes");
    assertThat(registry.find("simtally.retries").meters()).isEmpty();
    assertThat(registry.find("simtally.calls.queued").meters()).isEmpty();
  }

  @Test
  void countsRetriesByTheirReasons() {
    simulator.next(Fault.serviceUnavailable(), Fault.cutOffBody());
    try (var client = client(SimtallyMetrics.listener(registry))) {
      request(client, IMEI).execute();
    }

    var unavailable = ENDPOINT.and("outcome", "SERVER_ERROR", "status", "503");
    var cutOff = ENDPOINT.and("outcome", "CONNECTION", "status", "none");
    assertThat(registry.get("simtally.calls").tags(SUCCESS).timer().count()).isEqualTo(1);
    for (var tags : List.of(unavailable, cutOff)) {
      assertThat(registry.get("simtally.attempts").tags(tags).timer().count()).isEqualTo(1);
      assertThat(registry.get("simtally.retries").tags(tags).timer().count()).isEqualTo(1);
    }
    assertThat(registry.get("simtally.attempts").tags(SUCCESS).timer().count()).isEqualTo(1);
  }

  @Test
  void countsAFailureByItsKind() {
    try (var client = client(SimtallyMetrics.listener(registry))) {
      assertThat(catchThrowable(request(client, "990013907835573")::execute))
          .isInstanceOf(ApiException.class);
    }

    var calls = registry.get("simtally.calls").timers();
    assertThat(calls)
        .singleElement()
        .satisfies(
            timer -> {
              assertThat(timer.count()).isEqualTo(1);
              assertThat(timer.getId().getTag("outcome")).isEqualTo("INVALID_REQUEST");
              assertThat(timer.getId().getTag("status")).isEqualTo("400");
            });
    assertThat(registry.find("simtally.response.size").meters()).isEmpty();
  }

  @Test
  void showsLoginsAndRefreshes() {
    simulator.next(Fault.expiredSession());
    try (var client = client(SimtallyMetrics.listener(registry))) {
      request(client, IMEI).execute();
    }

    var logins = registry.get("simtally.token.fetches").tag("outcome", "SUCCESS");
    assertThat(logins.tag("token", "ThingSpace session token").timer().count())
        .isEqualTo(simulator.traffic().logins())
        .isEqualTo(2);
  }

  @Test
  void showsCallsUnderWayUntilTheyEnd() {
    var registryInUse = new SimpleMeterRegistry();
    var listener = SimtallyMetrics.listener(registryInUse);
    var atStart = new CompletableFuture<Integer>();
    CallListener both =
        new CallListener() {
          @Override
          public void callStarted(Started event) {
            listener.callStarted(event);
            atStart.complete(
                registryInUse.get("simtally.calls.active").longTaskTimer().activeTasks());
          }

          @Override
          public void callFinished(Finished event) {
            listener.callFinished(event);
          }
        };
    try (var client = client(both)) {
      request(client, IMEI).execute();
    }

    assertThat(atStart).isCompletedWithValue(1);
    assertThat(registryInUse.get("simtally.calls.active").longTaskTimer().activeTasks()).isZero();
  }

  @Test
  void timesTheQueueOfAsynchronousCalls() {
    try (var client = client(SimtallyMetrics.listener(registry))) {
      var calls =
          IntStream.range(0, 20).mapToObj(i -> request(client, IMEI).executeAsync()).toList();
      CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
    }

    assertThat(registry.get("simtally.calls.queued").tags(ENDPOINT).timer().count()).isEqualTo(20);
    assertThat(registry.get("simtally.calls").tags(SUCCESS).timer().count()).isEqualTo(20);
  }

  @Test
  void seriesDoNotGrowWithTheFleet() {
    try (var client = client(SimtallyMetrics.listener(registry))) {
      request(client, IMEI).execute();
      var meters = registry.getMeters().size();
      for (int i = 0; i < 5; i++) {
        request(client, IMEI).latest(DAY.plusSeconds(86_400L * (i + 5))).execute();
      }

      assertThat(registry.getMeters()).hasSize(meters);
    }
    assertThat(registry.getMeters())
        .allSatisfy(meter -> assertThat(meter.getId().toString()).doesNotContain(IMEI));
  }

  @Test
  void distinguishesTwoAccountsByTheUsersTags() {
    var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    for (String account : List.of("north", "south")) {
      try (var client = client(SimtallyMetrics.listener(prometheus, Tags.of("account", account)))) {
        request(client, IMEI).execute();
      }
    }

    assertThat(prometheus.scrape())
        .contains(
            """
            simtally_calls_seconds_count{account="north",operation="POST /m2m/v1/devices/usage/actions/list",outcome="SUCCESS",provider="thingspace-m2m",status="200"} 1
            simtally_calls_seconds_sum{account="north",""")
        .contains("simtally_calls_seconds_count{account=\"south\"")
        .contains("# HELP simtally_calls_seconds Calls, all their attempts and waits included")
        .contains("simtally_attempts_seconds_count{")
        .contains("simtally_response_size_bytes_sum{")
        .contains("simtally_token_fetches_seconds_count{");
  }

  @Test
  void everyMeterIsInTheJavadocsTable() throws Exception {
    simulator.next(Fault.serviceUnavailable());
    try (var client = client(SimtallyMetrics.listener(registry))) {
      request(client, IMEI).executeAsync().join();
    }
    var source =
        Files.readString(
            Path.of("src", "main", "java", "io", "simtally", "micrometer", "SimtallyMetrics.java"));

    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .hasSizeGreaterThanOrEqualTo(7)
        .allSatisfy(name -> assertThat(source).contains("{@code " + name + "}"));
  }

  @Test
  void refusesNull() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimtallyMetrics.listener(null))
        .withMessage("registry is null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimtallyMetrics.listener(registry, null))
        .withMessage("tags is null");
  }

  @Test
  void aClosedRegistryDoesNotDisturbCalls() {
    MeterRegistry closed = new SimpleMeterRegistry();
    closed.close();
    try (var client = client(SimtallyMetrics.listener(closed))) {
      assertThat(request(client, IMEI).execute().items()).isNotEmpty();
    }
  }

  private ThingSpaceM2m client(CallListener listener) {
    return ThingSpaceM2m.builder()
        .baseUrl(server.url())
        .credentials(
            ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
                .login(simulator.username(), simulator.password()))
        .retryPolicy(RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1)))
        .concurrency(4)
        .listener(listener)
        .build();
  }

  private static UsageHistoryRequest request(ThingSpaceM2m client, String imei) {
    return client
        .usageHistory()
        .device(DeviceId.imei(imei))
        .earliest(DAY)
        .latest(DAY.plusSeconds(9 * 86_400));
  }
}
