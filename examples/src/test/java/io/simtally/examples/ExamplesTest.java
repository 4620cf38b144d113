package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Reply;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.alef.AlefSubscriber;
import io.simtally.simulator.alef.AlefUsage;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.iotx.IotxSubscriber;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.SimulatedDevice;
import io.simtally.simulator.thingspace.SimulatedSession;
import io.simtally.simulator.thingspace.SimulatedUsage;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExamplesTest {
  /** The end of the thirty days with simulated usage. */
  private static final Clock JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private static final String ICCID = "89148000000800784259";
  private static final String IMEI = "354394080001238";

  @TempDir private Path directory;

  @Test
  void printsTheLastDaysOfOneDevice() throws Exception {
    Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder()
            .clock(JANUARY)
            .device(
                device(ICCID).withId("imei", IMEI),
                SimulatedUsage.of(today.minus(40, ChronoUnit.DAYS), 1),
                SimulatedUsage.of(today.minus(2, ChronoUnit.DAYS), 4096),
                SimulatedUsage.of(today.minus(1, ChronoUnit.DAYS), 8192))
            .build();
    try (Simulators simulators = Simulators.builder().thingSpace(simulator).start()) {
      ExampleRun run = example(ThingSpaceUsageExample.class, simulators, ICCID);

      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      LocalDate day = LocalDate.ofInstant(today, ZoneOffset.UTC);
      assertThat(run.out().lines())
          .containsExactly(day.minusDays(2) + " 4096 bytes", day.minusDays(1) + " 8192 bytes");
      assertThat(example(LastDays.class, simulators, IMEI).out()).isEqualTo(run.out());
    }
  }

  private static Simulators inJanuary() {
    return Simulators.builder()
        .iotx(IotxSimulator.builder().clock(JANUARY).build())
        .mason(MasonSimulator.builder().clock(JANUARY).build())
        .start();
  }

  @Test
  void printsTheSubscribersOfIotx() throws Exception {
    try (Simulators simulators = inJanuary()) {
      ExampleRun run = example(IotxUsageExample.class, simulators, "2026-01-15");

      assertThat(run.err()).isEmpty();
      List<String> numbers =
          simulators.iotx().subscribers().stream().map(IotxSubscriber::msisdn).toList();
      assertThat(run.out().lines())
          .isNotEmpty()
          .allMatch(line -> line.matches("[0-9]+ [0-9]+ bytes"))
          .allMatch(line -> numbers.contains(line.split(" ", -1)[0]));
    }
  }

  @Test
  void printsTheSimsOfMason() throws Exception {
    try (Simulators simulators = inJanuary()) {
      ExampleRun run = example(MasonUsageExample.class, simulators, "2026-01");

      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines())
          .extracting(line -> line.split(" ", -1)[0])
          .containsExactlyInAnyOrderElementsOf(simulators.mason().iccids());
    }
  }

  @Test
  void printsUsageAndFailuresAsMessages() throws Exception {
    try (Simulators simulators = inJanuary()) {
      ExampleRun run = example(UsageMessagesExample.class, simulators, "2026-01");

      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines())
          .hasSameSizeAs(simulators.mason().iccids())
          .allMatch(
              line -> line.matches("\\{\"type\":\"used\",\"iccid\":\"[0-9]+\",\"bytes\":[0-9]+}"));

      simulators.mason().next(Reply.json(404, "{}"));
      assertThat(example(UsageMessagesExample.class, simulators, "2026-01").out())
          .startsWith("{\"type\":\"failed\",\"kind\":\"NOT_FOUND\",\"reason\":");
    }
  }

  @Test
  void printsTheDaysOfAnAlefSubscriber() throws Exception {
    AlefSubscriber subscriber = new AlefSubscriber("919000000001", "405000000000001", "site-1");
    AlefSimulator alef =
        AlefSimulator.builder()
            .clock(JANUARY)
            .subscriber(
                subscriber,
                AlefUsage.of(Instant.parse("2026-01-15T12:00:00Z"), 100, 2_000),
                AlefUsage.of(Instant.parse("2026-01-16T00:00:00Z"), 1, 1),
                AlefUsage.of(Instant.parse("2026-01-16T00:05:00Z"), 30, 0))
            .build();
    try (Simulators simulators = Simulators.builder().alef(alef).start()) {
      ExampleRun run =
          example(
              AlefUsageExample.class,
              simulators,
              alef.accountId(),
              subscriber.msisdn(),
              "2026-01-15",
              "2026-01-17");

      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines())
          .containsExactly("2026-01-15T00:00:00Z 2102 bytes", "2026-01-16T00:00:00Z 30 bytes");
    }
  }

  @Test
  void printsTheSessionsOfADevice() throws Exception {
    ThingSpaceSimulator thingSpace =
        ThingSpaceSimulator.builder()
            .clock(JANUARY)
            .sessions(
                "990013907835573",
                new SimulatedSession(
                    Instant.parse("2026-01-15T12:00:00Z"),
                    Instant.parse("2026-01-15T13:30:00Z"),
                    4_096))
            .build();
    try (Simulators simulators = Simulators.builder().thingSpace(thingSpace).start()) {
      ExampleRun run =
          example(
              HyperPreciseSessionsExample.class,
              simulators,
              thingSpace.accountNumber(),
              "990013907835573");

      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines())
          .containsExactly("2026-01-15T12:00Z to 2026-01-15T13:30Z 4096 bytes");
    }
  }

  @Test
  void explainsWhatTheProviderRefused() throws Exception {
    ThingSpaceSimulator simulator = ThingSpaceSimulator.builder().clock(JANUARY).build();
    try (Simulators simulators = Simulators.builder().thingSpace(simulator).start()) {
      ExampleRun run = example(ThingSpaceUsageExample.class, simulators, ICCID);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("/m2m/v1/devices/usage/actions/list").doesNotContain("\tat ");
    }
  }

  private ExampleRun example(Class<?> example, Simulators simulators, String... arguments)
      throws Exception {
    return ExampleRun.of(example, directory, simulators.environment(), arguments);
  }

  private static SimulatedDevice device(String iccid) {
    return new SimulatedDevice("iccid", iccid, Map.of(), null);
  }

  private static SimulatedUsage row(String day, long bytes) {
    return SimulatedUsage.of(Instant.parse(day + "T00:00:00Z"), bytes);
  }
}
