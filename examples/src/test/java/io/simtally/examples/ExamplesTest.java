package io.simtally.examples;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.AlefSimulator;
import io.simtally.simulator.AlefSubscriber;
import io.simtally.simulator.AlefUsage;
import io.simtally.simulator.Fault;
import io.simtally.simulator.IotxSimulator;
import io.simtally.simulator.IotxSubscriber;
import io.simtally.simulator.MasonSimulator;
import io.simtally.simulator.SimulatedDevice;
import io.simtally.simulator.SimulatedSession;
import io.simtally.simulator.SimulatedUsage;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.Simulators;
import io.simtally.simulator.ThingSpaceSimulator;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExamplesTest {
  /** The simulated fleets have usage on the thirty days before. */
  private static final Clock JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private static final String ICCID = "89148000000800784259";

  @TempDir private Path directory;

  @Test
  void printsTheLastDaysOfOneDevice() throws Exception {
    Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder()
            .clock(JANUARY)
            .device(
                device(ICCID),
                SimulatedUsage.of(today.minus(40, ChronoUnit.DAYS), 1),
                SimulatedUsage.of(today.minus(2, ChronoUnit.DAYS), 4096),
                SimulatedUsage.of(today.minus(1, ChronoUnit.DAYS), 8192))
            .build();
    try (SimulatorServer server = simulator.start()) {
      ExampleRun run =
          ExampleRun.of(
              ThingSpaceUsageExample.class, directory, credentials(simulator, server), ICCID);

      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      LocalDate day = LocalDate.ofInstant(today, ZoneOffset.UTC);
      assertThat(run.out().lines())
          .containsExactly(day.minusDays(2) + " 4096 bytes", day.minusDays(1) + " 8192 bytes");
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
    try (SimulatorServer server = simulator.start()) {
      ExampleRun run =
          ExampleRun.of(
              ThingSpaceUsageExample.class, directory, credentials(simulator, server), ICCID);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("/m2m/v1/devices/usage/actions/list").doesNotContain("\tat ");
    }
  }

  @Test
  void reportsEveryRowOnceWhateverThePaging() throws Exception {
    SimulatedDevice first = device(ICCID);
    SimulatedDevice second = device("89148000000800784267");
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder()
            .clock(JANUARY)
            .devices(0)
            .pageSize(3)
            .device(
                first,
                row("2026-02-28", 1_000),
                row("2026-03-01", 10),
                row("2026-03-02", 20),
                row("2026-03-02", 20).withSource("Usage Feed"),
                row("2026-03-03", 300),
                row("2026-03-04", 4_000),
                row("2026-03-05", 1_000))
            .device(second, row("2026-03-04", 70_000))
            .build();
    try (SimulatorServer server = simulator.start()) {
      ExampleRun run =
          report(
              simulator,
              server,
              List.of(first, second),
              "--from",
              "2026-03-01",
              "--to",
              "2026-03-04");

      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("(74,350 bytes)").doesNotContain("SIMULATED");
      assertThat(csv())
          .extracting(row -> row.get("total_bytes"))
          .containsExactly("10", "20", "20", "300", "4000", "70000");
    }
  }

  @Test
  void reportsWhatTheSimulatorServed() throws Exception {
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder()
            .clock(JANUARY)
            .devices(300)
            .days(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-30"))
            .build();
    try (SimulatorServer server = simulator.start()) {
      ExampleRun run =
          report(
              simulator, server, simulator.devices(), "--from", "2026-03-01", "--to", "2026-03-30");

      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      List<CSVRecord> rows = csv();
      assertThat(rows).hasSize((int) simulator.traffic().rowsServed());
      long total = rows.stream().mapToLong(row -> Long.parseLong(row.get("total_bytes"))).sum();
      assertThat(run.out())
          .contains(String.format(Locale.ROOT, "(%,d bytes)", total))
          .contains("Runaway devices: 3");
      assertThat(simulator.traffic().logins()).isEqualTo(1);
      assertThat(simulator.traffic().usageRequests()).isEqualTo(300);
    }
  }

  @Test
  void reportsTheSameThroughOutages() throws Exception {
    ThingSpaceSimulator.Builder fleet =
        ThingSpaceSimulator.builder()
            .clock(JANUARY)
            .devices(100)
            .days(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-30"));
    String undisturbed = csvText(fleet.build());
    ThingSpaceSimulator disturbed =
        fleet
            .pageSize(7)
            .build()
            .next(Fault.serviceUnavailable(), Fault.cutOffBody(), Fault.expiredSession());

    assertThat(csvText(disturbed)).isEqualTo(undisturbed);
  }

  @Test
  void failsWithoutLockingTheAccountWhenThePasswordIsWrong() throws Exception {
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder().clock(JANUARY).devices(200).build();
    try (SimulatorServer server = simulator.start()) {
      Map<String, String> environment = new HashMap<>(credentials(simulator, server));
      environment.put("THINGSPACE_PASSWORD", "wr0ng-passw0rd");
      ExampleRun run =
          ExampleRun.of(
              FleetReport.class,
              directory,
              environment,
              "--devices",
              devicesFile(simulator.devices()).toString());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines()).hasSize(2);
      assertThat(run.err())
          .startsWith("WARN auth - ThingSpace session token: ")
          .contains("error: ThingSpace M2M failed: ");
      assertThat(run.out() + run.err()).doesNotContain("wr0ng", simulator.secret());
      assertThat(simulator.traffic().failedLogins()).isEqualTo(1);
      assertThat(directory.resolve("fleet-report.csv")).doesNotExist();
    }
  }

  @Test
  void reportsTheOtherDevicesWhenOneIsUnknown() throws Exception {
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder().clock(JANUARY).devices(30).build();
    try (SimulatorServer server = simulator.start()) {
      List<SimulatedDevice> devices =
          List.of(simulator.devices().get(0), device(ICCID), simulator.devices().get(1));
      ExampleRun run =
          report(simulator, server, devices, "--from", "2026-01-01", "--to", "2026-01-30");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .isEqualToNormalizingNewlines(
              "error: ThingSpace M2M: 1 of 3 devices could not be read; the figures lack them.\n");
      assertThat(run.out()).contains("INCOMPLETE").contains("iccid " + ICCID + ": The device");
      assertThat(csv()).extracting(row -> row.get("subject")).doesNotContain(ICCID).isNotEmpty();
    }
  }

  @Test
  void saysWhichCredentialsAreMissing() throws Exception {
    ExampleRun run =
        ExampleRun.of(FleetReport.class, directory, Map.of("THINGSPACE_KEY", "only-the-key"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("THINGSPACE_SECRET").doesNotContain("only-the-key");
  }

  @Test
  void asksForDevicesWhenThereAreCredentials() throws Exception {
    ExampleRun run =
        ExampleRun.of(
            FleetReport.class,
            directory,
            Map.of("THINGSPACE_TOKEN", "a-token", "THINGSPACE_M2M_TOKEN", "another"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("ThingSpace M2M failed").contains("--devices FILE");
  }

  @Test
  void simulatesAFleetWithoutCredentials() throws Exception {
    ExampleRun run =
        ExampleRun.of(FleetReport.class, directory, Map.of(), "--simulated-devices", "120");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("SIMULATED").contains("Devices               120");
    assertThat(directory.resolve("fleet-report.html")).content().contains("Simulated fleet");
    assertThat(csv()).isNotEmpty();
  }

  private ExampleRun example(Class<?> example, Simulators simulators, String... arguments)
      throws Exception {
    return ExampleRun.of(example, directory, simulators.environment(), arguments);
  }

  private String csvText(ThingSpaceSimulator simulator) throws Exception {
    try (SimulatorServer server = simulator.start()) {
      ExampleRun run =
          report(
              simulator, server, simulator.devices(), "--from", "2026-03-01", "--to", "2026-03-30");
      assertThat(run.err()).isEmpty();
      return Files.readString(directory.resolve("fleet-report.csv"));
    }
  }

  private ExampleRun report(
      ThingSpaceSimulator simulator,
      SimulatorServer server,
      List<SimulatedDevice> devices,
      String... period)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(period));
    arguments.addAll(List.of("--devices", devicesFile(devices).toString()));
    return ExampleRun.of(
        FleetReport.class,
        directory,
        credentials(simulator, server),
        arguments.toArray(String[]::new));
  }

  private Path devicesFile(List<SimulatedDevice> devices) throws IOException {
    String rows =
        devices.stream()
            .map(device -> "thingspace-m2m," + device.kind() + "," + device.id() + "\n")
            .collect(joining());
    return Files.writeString(directory.resolve("devices.csv"), "carrier,kind,id\n" + rows);
  }

  private List<CSVRecord> csv() throws IOException {
    try (Reader file = Files.newBufferedReader(directory.resolve("fleet-report.csv"))) {
      return CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .get()
          .parse(file)
          .getRecords();
    }
  }

  private static Map<String, String> credentials(
      ThingSpaceSimulator simulator, SimulatorServer server) {
    return Map.of(
        "THINGSPACE_KEY", simulator.key(),
        "THINGSPACE_SECRET", simulator.secret(),
        "THINGSPACE_USERNAME", simulator.username(),
        "THINGSPACE_PASSWORD", simulator.password(),
        "THINGSPACE_BASE_URL", server.url());
  }

  private static SimulatedDevice device(String iccid) {
    return new SimulatedDevice("iccid", iccid, Map.of(), null);
  }

  private static SimulatedUsage row(String day, long bytes) {
    return SimulatedUsage.of(Instant.parse(day + "T00:00:00Z"), bytes);
  }
}
