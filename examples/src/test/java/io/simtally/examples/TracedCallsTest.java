package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.simtally.core.ApiException;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the OpenTelemetry recipe of the README with the SDK and an exporter into memory. */
final class TracedCallsTest {
  /** The end of the thirty days with simulated usage. */
  private static final Clock JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private static final String OPERATION = "POST /m2m/v1/devices/usage/actions/list";
  private static final String IMEI = "354394080001238";
  private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final SdkTracerProvider telemetry =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();
  private final Tracer tracer = telemetry.get("acme-billing");
  private final ThingSpaceSimulator simulator =
      ThingSpaceSimulator.builder()
          .clock(JANUARY)
          .pageSize(2)
          .device(
              SimulatedDevice.of("imei", IMEI),
              SimulatedUsage.of(DAY, 1),
              SimulatedUsage.of(DAY.plusSeconds(86_400), 2),
              SimulatedUsage.of(DAY.plusSeconds(2 * 86_400), 4))
          .build();

  private SimulatorServer server;
  private ThingSpaceM2m client;

  @BeforeEach
  void start() {
    server = simulator.start();
    client =
        ThingSpaceM2m.builder()
            .baseUrl(server.url())
            .credentials(
                ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
                    .login(simulator.username(), simulator.password()))
            .retryPolicy(RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1)))
            .listener(new TracedCalls(tracer))
            .build();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    telemetry.close();
  }

  @Test
  void aCallIsASpanOfItsCallersAndItsAttemptsAreEvents() {
    simulator.next(Fault.serviceUnavailable());

    inSpan("bill", () -> usage(IMEI).execute());

    SpanData call = spans(OPERATION).get(0);
    assertThat(spans(OPERATION)).hasSize(1);
    assertThat(call.getParentSpanId()).isEqualTo(spans("bill").get(0).getSpanId());
    assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(call.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
        .isEqualTo(202); // which is how ThingSpace says that there is more
    assertThat(call.getEvents())
        .extracting(EventData::getName)
        .containsExactly(
            "ThingSpace bearer token",
            "ThingSpace session token",
            "attempt 1",
            "wait",
            "attempt 2");
    assertThat(call.getEvents().get(2).getAttributes().get(AttributeKey.stringKey("error.type")))
        .isEqualTo("SERVER_ERROR");
  }

  @Test
  void anAsynchronousCallHasTheParentOfTheThreadThatMadeIt() {
    inSpan("bill", () -> usage(IMEI).executeAsync()).join();

    assertThat(spans(OPERATION).get(0).getParentSpanId())
        .isEqualTo(spans("bill").get(0).getSpanId());
  }

  @Test
  void whatIsChainedToTheFutureKeepsTheContextThatItIsWrappedIn() {
    String inside =
        inSpan(
            "bill",
            () ->
                usage(IMEI)
                    .executeAsync()
                    .thenApply(
                        Context.current()
                            .wrapFunction(page -> Span.current().getSpanContext().getSpanId()))
                    .join());

    assertThat(inside).isEqualTo(spans("bill").get(0).getSpanId());
  }

  @Test
  void pagesAreSpansWithANumber() {
    long days = inSpan("bill", () -> usage(IMEI).prefetch().stream().count());

    assertThat(days).isEqualTo(3);
    assertThat(spans(OPERATION))
        .hasSize((int) simulator.traffic().usageRequests())
        .extracting(span -> span.getAttributes().get(AttributeKey.longKey("simtally.page")))
        .startsWith(1L, 2L);
    assertThat(spans(OPERATION))
        .extracting(SpanData::getParentSpanId)
        .containsOnly(spans("bill").get(0).getSpanId());
  }

  @Test
  void aFailureIsAnErrorThatNamesItsKindAndNoDevice() {
    assertThat(catchThrowable(usage("990013907835573")::execute)).isInstanceOf(ApiException.class);

    SpanData call = spans(OPERATION).get(0);
    assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(call.getAttributes().get(AttributeKey.stringKey("error.type")))
        .isEqualTo("INVALID_REQUEST");
    assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain("990013907835573");
  }

  private <T> T inSpan(String name, Supplier<T> work) {
    var span = tracer.spanBuilder(name).startSpan();
    try (var scope = span.makeCurrent()) {
      assertThat(scope).isNotNull();
      return work.get();
    } finally {
      span.end();
    }
  }

  private List<SpanData> spans(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }

  private UsageHistoryRequest usage(String imei) {
    return client
        .usageHistory()
        .device(DeviceId.imei(imei))
        .earliest(DAY)
        .latest(DAY.plusSeconds(9 * 86_400));
  }
}
