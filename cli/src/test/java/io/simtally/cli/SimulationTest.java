package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.store.Origin;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.StoredRecord;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that simulated figures appear only on request, and never beside real ones. */
final class SimulationTest {
  private static final LocalDate DAY = LocalDate.now(java.time.ZoneOffset.UTC).minusDays(2);
  private static final UsageRecord REAL =
      new UsageRecord(
          "mason-usage",
          "89148000000800784259",
          DayRange.of(DAY).start(),
          Duration.ofDays(1),
          5_520,
          null,
          null,
          null);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"sync --store STORE", "report --out DIR", "check --yes"})
  void endsWithTheVariablesOfEachProviderWithoutCredentials(String typed) throws IOException {
    var run = run(Map.of(), typed);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: no credentials in the environment; ").hasLineCount(1);
    assertThat(run.err()).containsOnlyOnce("THINGSPACE_KEY").containsOnlyOnce("THINGSPACE_TOKEN");
    assertThat(run.err())
        .contains(
            "IOTX_TOKEN",
            "MASON_API_KEY",
            "ALEF_API_KEY",
            "ALEF_ACCOUNT_ID",
            "THINGSPACE_KEY",
            "THINGSPACE_SECRET",
            "THINGSPACE_USERNAME",
            "THINGSPACE_PASSWORD",
            "THINGSPACE_TOKEN",
            "THINGSPACE_M2M_TOKEN");
    assertThat(run.out()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void keepsRealFiguresFromASimulation() {
    try (var store = UsageStore.open(store(), Map.of())) {
      var days = DayRange.of(DAY);
      store.write(
          List.of(
              new Reading(
                  "mason-usage", "mason-usage", REAL.subject(), days, days.end(), List.of(REAL))),
          3);
    }

    var run = run(Map.of(), "sync --store STORE --simulate=3 --days 3");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("error: ").contains("real");
    assertThat(records()).containsExactly(REAL);
  }

  @Test
  void keepsSimulatedFiguresFromARealSync() {
    assertThat(run(Map.of(), "sync --store STORE --simulate=3 --days 3").exitCode()).isZero();
    var simulated = records();

    var run =
        run(
            Map.of("MASON_API_KEY", "a-key", "MASON_BASE_URL", "http://127.0.0.1:1/"),
            "sync --store STORE --days 3");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("error: ").contains("simulated");
    assertThat(records()).isEqualTo(simulated).isNotEmpty();
  }

  @Test
  void theReportOfASimulatedStoreSaysSo() throws IOException {
    assertThat(run(Map.of(), "sync --store STORE --simulate=3 --days 3").exitCode()).isZero();

    var run =
        run(
            Map.of("MASON_API_KEY", "a-key", "MASON_BASE_URL", "http://127.0.0.1:1/"),
            "report --store STORE --out DIR");

    assertThat(run.exitCode()).isLessThan(2);
    assertThat(directory.resolve("fleet-report.html")).content().contains("Simulated fleet");
  }

  @Test
  void theExportOfASimulatedStoreSaysSo() {
    run(Map.of(), "sync --store STORE --simulate=3 --days 3");

    assertThat(run(Map.of(), "export --store STORE --format csv --out DIR/usage.csv").err())
        .startsWith("Written: ")
        .endsWith("SIMULATED fleet: these figures are not real.\n");
  }

  @Test
  void theReportOfARealStoreDoesNotSayThatItIsSimulated() throws IOException {
    keepsRealFiguresFromASimulation();

    var run = run(Map.of(), "report --store STORE --out DIR");

    assertThat(run.exitCode()).isLessThan(2);
    assertThat(directory.resolve("fleet-report.html"))
        .content()
        .contains("5,520 bytes")
        .doesNotContain("Simulated fleet");
  }

  @Test
  void reportsASimulatedFleetWithoutAStore() throws IOException {
    var run = run(Map.of(), "report --days 3 --simulate=7 --out DIR");

    assertThat(run.err()).isEqualTo("Simulated carriers with 7 devices each: no real figures.\n");
    assertThat(run.exitCode()).isZero();
    var devices = 7 * Carriers.of(Map.of()).size();
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("  All carriers +" + devices + " .*"))
        .allMatch(line -> line.length() <= 100);
    assertThat(directory.resolve("fleet-report.html")).content().contains("Simulated fleet");
  }

  @Test
  void simulatesOneProviderAndFiveHundredDevices() {
    assertThat(
            run(Map.of(), "sync --store STORE --days 1 --provider thingspace-m2m --simulate").out())
        .contains("ThingSpace M2M")
        .contains(" 500 ")
        .doesNotContain("Alef");
  }

  @Test
  void demoSyncsAndReportsIntoOneFolder() throws IOException {
    for (var devices : List.of(3, 2)) {
      var run =
          run(Map.of("MASON_API_KEY", "never-used"), "demo --devices " + devices + " --out DIR");

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("Fleet usage from ").contains("Written: fleet-report.csv");
      assertThat(directory.resolve("fleet-report.html")).content().contains("Simulated fleet");
      assertThat(directory.resolve("fleet-report.csv")).content().contains("mason-usage");
      try (var store = UsageStore.open(demoStore().toString(), Map.of())) {
        assertThat(store.origin()).contains(Origin.SIMULATED);
        assertThat(
                store
                    .usageRecords(UsageQuery.all().provider("mason-usage"))
                    .map(stored -> stored.usage().subject())
                    .distinct())
            .hasSize(devices);
      }
    }
  }

  @Test
  void demoRefusesAStoreWithRealFigures() throws IOException {
    keepsRealFiguresFromASimulation();
    Files.move(Path.of(store()), demoStore());

    var run = run(Map.of(), "demo --devices 2 --out DIR");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is no store of a demo");
    Files.move(demoStore(), Path.of(store()));
    assertThat(records()).containsExactly(REAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report --simulate --store STORE",
        "sync --store STORE --simulate --devices devices.csv",
        "sync --store STORE --simulate=0",
        "demo --devices 0"
      })
  void refusesOptionsThatASimulationDoesNotHave(String typed) throws IOException {
    var run = run(Map.of(), typed);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: ").hasLineCount(1);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void reportsAPortInUse() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var run =
          run(
              Map.of(),
              "simulate --devices 1 --devices-file DIR/devices.csv --port " + taken.getLocalPort());

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err())
          .startsWith("error: --port: port " + taken.getLocalPort() + " is in use")
          .hasLineCount(1);
    }
  }

  @Test
  void namesEachProviderOnceInTheMessage() {
    assertThat(run(Map.of(), "sync --store STORE").err())
        .contains(Carriers.of(Map.of()).stream().map(Carrier::name).toList());
  }

  private List<UsageRecord> records() {
    try (var store = UsageStore.open(store(), Map.of());
        var records = store.usageRecords(UsageQuery.all())) {
      return records.map(StoredRecord::usage).toList();
    }
  }

  private CommandRun run(Map<String, String> environment, String typed) {
    return CommandRun.of(
        environment,
        typed.replace("STORE", store()).replace("DIR", directory.toString()).split(" ", -1));
  }

  private Path demoStore() {
    return directory.resolve("simtally-demo.duckdb");
  }

  private String store() {
    return directory.resolve("store.duckdb").toString();
  }
}
