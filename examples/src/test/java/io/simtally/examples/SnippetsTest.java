package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.thingspace.SimulatedDevice;
import io.simtally.simulator.thingspace.SimulatedUsage;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DeviceId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SnippetsTest {
  /** The end of the thirty days with simulated usage. */
  private static final Clock JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void theSnippetsOfTheReadmeDoWhatItSays() {
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder()
            .clock(JANUARY)
            .tokens("the-bearer", "the-session")
            .pageSize(2)
            .device(
                SimulatedDevice.of("imei", "354394080001238"),
                SimulatedUsage.of(DAY, 1),
                SimulatedUsage.of(DAY.plusSeconds(86_400), 2),
                SimulatedUsage.of(DAY.plusSeconds(2 * 86_400), 4))
            .build();
    try (var server = simulator.start();
        var client =
            Snippets.client(
                server.url(), ThingSpaceCredentials.tokens("the-bearer", "the-session"))) {
      var request =
          client
              .usageHistory()
              .device(DeviceId.imei("354394080001238"))
              .earliest(DAY)
              .latest(DAY.plusSeconds(9 * 86_400));

      assertThat(Snippets.streamed(request)).isEqualTo(7);
      Optional<String> saved = Snippets.onePageADay(request, Optional.empty());
      assertThat(saved).isPresent();
      assertThat(Snippets.onePageADay(request, saved)).isEmpty();
      Snippets.asynchronous(request);
      assertThat(Snippets.explained(request)).contains("354394080001238");
      assertThat(Snippets.explained(request.device(DeviceId.imei("354394080001239"))))
          .startsWith("wrong device: UnifiedWebService.REQUEST_FAILED.");
    }
    assertThat(Snippets.testedAgainstTheSimulator()).isPositive();
  }

  @Test
  void theClientOfTheReadmeIsMeasuredAndTraced() {
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder()
            .clock(JANUARY)
            .tokens("the-bearer", "the-session")
            .device(SimulatedDevice.of("imei", "354394080001238"), SimulatedUsage.of(DAY, 1))
            .build();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    InMemorySpanExporter exporter = InMemorySpanExporter.create();
    try (var telemetry =
            SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build();
        var server = simulator.start();
        var client =
            Snippets.observed(
                server.url(),
                ThingSpaceCredentials.tokens("the-bearer", "the-session"),
                registry,
                telemetry.get("acme-billing"))) {
      client
          .usageHistory()
          .device(DeviceId.imei("354394080001238"))
          .earliest(DAY)
          .latest(DAY)
          .execute();

      assertThat(registry.get("simtally.calls").timer().count()).isEqualTo(1);
      assertThat(exporter.getFinishedSpanItems()).hasSize(1);
    }
  }
}
