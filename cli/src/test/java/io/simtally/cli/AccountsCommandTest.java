package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command with a configuration file of two Mason accounts and a ThingSpace account. */
final class AccountsCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-31T10:00:00Z"), ZoneOffset.UTC);
  private static final LocalDate FIRST = LocalDate.parse("2026-03-26");
  private static final LocalDate LAST = LocalDate.parse("2026-03-30");

  private final MasonSimulator europe =
      MasonSimulator.builder().sims(3).days(FIRST, LAST).seed(1).apiKey("key-of-europe").build();
  private final MasonSimulator america =
      MasonSimulator.builder().sims(4).days(FIRST, LAST).seed(2).apiKey("key-of-america").build();
  private final ThingSpaceSimulator verizon =
      ThingSpaceSimulator.builder().devices(2).days(FIRST, LAST).build();
  private final Map<String, String> environment = new HashMap<>();

  private List<SimulatorServer> servers = List.of();

  @TempDir private Path directory;

  @BeforeEach
  void start() throws IOException {
    servers = List.of(europe.start(), america.start(), verizon.start());
    environment.put("EU_KEY", europe.apiKey());
    environment.put("TS_SECRET", verizon.secret());
    Files.writeString(directory.resolve("america"), america.apiKey() + "\n");
    Files.writeString(
        directory.resolve("verizon.csv"),
        "provider,kind,id\nthingspace-m2m,imei,"
            + verizon.devices().get(0).idOf("imei")
            + "\nthingspace-m2m,imei,"
            + verizon.devices().get(1).idOf("imei")
            + "\n");
    config(
        """
        store = "fleet.duckdb"

        [accounts.mason-eu]
        provider = "mason-usage"
        api_key = "${EU_KEY}"
        base_url = "%s"

        [accounts.mason-us]
        provider = "mason-usage"
        api_key = "file:america"
        base_url = "%s"

        [accounts.verizon]
        provider = "thingspace"
        key = "%s"
        secret = "${TS_SECRET}"
        username = "%s"
        password = "%s"
        base_url = "%s"
        devices = "verizon.csv"
        """
            .formatted(
                europe.url(),
                america.url(),
                verizon.key(),
                verizon.username(),
                verizon.password(),
                verizon.url()));
  }

  @AfterEach
  void stop() {
    servers.forEach(SimulatorServer::close);
  }

  @Test
  void readsTwoAccountsOfOneProviderSideBySide() {
    var run = run("sync --config FILE --days 5");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches(" +Readings +Settled +Failed +Records"))
        .anyMatch(line -> line.matches("  mason-eu: Mason +3 .*"))
        .anyMatch(line -> line.matches("  mason-us: Mason +4 .*"))
        .anyMatch(line -> line.matches("  verizon: ThingSpace M2M +2 .*"))
        .noneMatch(line -> line.contains("Hyper-Precise"))
        .contains("Stored: " + directory.resolve("fleet.duckdb"));
    assertThat(directory.resolve("fleet.duckdb")).exists();
    assertThat(europe.traffic().usageRequests()).isPositive();
    assertThat(america.traffic().usageRequests()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync", "audit"})
  void alignsTheColumnsBelowALongName(String command) throws IOException {
    var account = "the-largest-account-of-this-fleet";
    config(
        """
        store = "fleet.duckdb"

        [accounts.%s]
        provider = "mason-usage"
        api_key = "${EU_KEY}"
        base_url = "%s"

        [accounts.mason-us]
        provider = "mason-usage"
        api_key = "file:america"
        base_url = "%s"
        """
            .formatted(account, europe.url(), america.url()));
    run("sync --config FILE --days 5 --settle-after-days 0");

    var table =
        run(command + " --config FILE --days 5 --settle-after-days 0")
            .out()
            .lines()
            .filter(line -> line.contains(": Mason ") || line.contains("Settled "))
            .toList();

    assertThat(table).hasSize(3).anyMatch(line -> line.startsWith("  " + account + ": Mason "));
    assertThat(table).extracting(String::length).containsOnly(table.get(0).length());
  }

  @Test
  void oneAccountThatFailsLeavesTheOtherOfItsProviderAlone() {
    environment.put("EU_KEY", "a-wr0ng-key");

    var run = run("sync --config FILE --days 5");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("error: mason-eu: Mason failed: ").hasLineCount(1);
    assertThat(run.out()).containsPattern("mason-us: Mason +4 +0 +0 ");
    assertThat(run.out() + run.err()).doesNotContain("wr0ng");
  }

  @Test
  void readsSelectedAccountsAndNamesTheOthers() {
    var run = run("sync --config FILE --days 5 --account mason-us");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("Skipped accounts: mason-eu, verizon\n");
    assertThat(run.out()).contains("mason-us: Mason").doesNotContain("mason-eu");
    assertThat(europe.calls()).isEmpty();
    assertThat(verizon.calls()).isEmpty();
  }

  @Test
  void readsTheConfigurationFileThatTheEnvironmentNames() {
    environment.put("SIMTALLY_CONFIG", file().toString());

    var run = run("sync --days 5 --provider thingspace-m2m");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("verizon: ThingSpace M2M").doesNotContain("Mason");
  }

  @Test
  void exportsAndReportsTheStoreOfTheConfigurationFile() {
    assertThat(run("sync --config FILE --days 5 --account mason-us").exitCode()).isZero();

    var export = run("export --config FILE --format csv --out DIR/usage.csv");
    var report = run("report --config FILE --days 5 --out DIR");

    assertThat(export.exitCode()).isZero();
    assertThat(directory.resolve("usage.csv")).content().contains("mason-usage,");
    assertThat(report.out()).contains("Mason").contains("Written: fleet-report.csv");
  }

  @Test
  void reportsAndExportsTheSelectedAccountOnly() throws IOException {
    assertThat(run("sync --config FILE --days 5").exitCode()).isZero();

    var both = run("report --config FILE --days 5 --out DIR");
    var one = run("report --config FILE --days 5 --out DIR --account mason-us");
    var export = run("export --config FILE --format csv --out DIR/usage.csv --account mason-us");

    assertThat(both.exitCode()).isZero();
    assertThat(both.out()).contains("Mason (mason-eu)", "Mason (mason-us)", "(verizon)");
    assertThat(one.exitCode()).isZero();
    assertThat(one.out()).contains("Mason (mason-us)").doesNotContain("mason-eu", "verizon");
    assertThat(Files.readString(directory.resolve("fleet-report.csv")))
        .contains("mason-usage,mason-us,")
        .doesNotContain("mason-eu", "verizon");
    assertThat(export.exitCode()).isZero();
    assertThat(Files.readString(directory.resolve("usage.csv")))
        .contains("mason-usage,mason-us,")
        .doesNotContain("mason-eu", "verizon");
  }

  @Test
  void reportsAConfiguredAccountThatWasNeverReadAsUnknown() {
    assertThat(run("sync --config FILE --days 5 --account mason-us").exitCode()).isZero();

    var report = run("report --config FILE --days 5 --out DIR");

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.err()).contains("Mason (mason-eu)", "(verizon)", "unknown");
    assertThat(run("report --config FILE --days 5 --out DIR --account mason-us").exitCode())
        .isZero();
  }

  @Test
  void checksEachAccountWithItsOwnCredentialsAndDevices() throws IOException {
    var run = run("check --config FILE --yes --json DIR/check.json");

    assertThat(run.out()).contains("Account mason-eu\n", "Account mason-us\n", "Account verizon\n");
    assertThat(run.out()).contains("thingspace-m2m");
    assertThat(america.calls()).isNotEmpty();
    assertThat(Files.readString(directory.resolve("check.json")))
        .startsWith("[\n{")
        .doesNotContain(europe.apiKey(), america.apiKey(), verizon.secret());
    assertThat(run("check --config FILE --yes --account mason-eu").out())
        .doesNotContain("Account mason-us");
  }

  @Test
  void namesTheKeysOfTheFileInACheck() {
    environment.put("EU_KEY", "a-wr0ng-key");

    var run = run("check --config FILE --yes --account mason-eu");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("variables  api_key, base_url\n")
        .contains("-> compare api_key with what the provider gave you")
        .doesNotContain("MASON_");
  }

  @Test
  void givesDevicesToTheOnlyAccountOfTheirProvider() throws IOException {
    Files.writeString(
        directory.resolve("list.csv"),
        "provider,kind,id\nmason-usage,iccid," + america.iccids().get(0) + "\n");

    assertThat(run("sync --config FILE --devices DIR/list.csv").err())
        .contains("mason-eu, mason-us");
    var run = run("sync --config FILE --days 5 --account mason-us --devices DIR/list.csv");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsPattern("mason-us: Mason +1 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sync --config DIR/none.toml | none.toml: no such file",
        "sync --config FILE --account mason-uk | unknown account `mason-uk`; did you mean",
        "export --config DIR/none.toml --format csv --out x | none.toml: no such file",
        "check --config FILE --account x | unknown account `x`; known are mason-eu, mason-us",
        "sync --config DIR/empty.toml --store DIR/s | empty.toml has no accounts",
        "sync --config DIR/empty.toml | no store: give --store, or `store` in a configuration file",
        "sync --config DIR/bad.toml | bad.toml line 3: accounts.a.api_key: variable NO_KEY is not",
        "report --config DIR/bad.toml | bad.toml line 3: accounts.a.api_key: variable NO_KEY",
        "sync --config DIR/url.toml | url.toml line 2: accounts.a: baseUrl is not an http or https",
        "sync --config DIR/list.toml | list.toml line 2: accounts.a.devices: ",
        "sync --config FILE --provider alef-connectivity | no account has the provider alef-con",
        "sync --config FILE --account verizon --devices DIR/verizon.csv | a devices file of its own"
      })
  void refusesWithOneLineAndSendsNothing(String typed, String message) throws IOException {
    Files.writeString(directory.resolve("empty.toml"), "# nothing\n");
    Files.writeString(
        directory.resolve("bad.toml"),
        "[accounts.a]\nprovider = \"mason-usage\"\napi_key = \"${NO_KEY}\"\n");
    Files.writeString(
        directory.resolve("url.toml"),
        "store = \"s\"\n[accounts.a]\nprovider = \"mason-usage\"\napi_key = \"${EU_KEY}\"\n"
            + "base_url = \"nowhere\"\n");
    Files.writeString(
        directory.resolve("list.toml"),
        "store = \"s\"\n[accounts.a]\nprovider = \"mason-usage\"\napi_key = \"${EU_KEY}\"\n"
            + "devices = \"none.csv\"\n");

    var run = run(typed);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: ").contains(message).hasLineCount(1);
    assertThat(europe.calls()).isEmpty();
    assertThat(america.calls()).isEmpty();
    assertThat(directory.resolve("fleet.duckdb")).doesNotExist();
  }

  @Test
  void warnsOfASecretInAFileThatOthersMayRead() throws IOException {
    config(
        "[accounts.a]\nprovider = \"mason-usage\"\napi_key = \"key-of-europe\"\nbase_url = \""
            + europe.url()
            + "\"\n");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    var run = run("sync --config FILE --days 5 --store DIR/s.duckdb");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .startsWith("warning: " + file() + " line 3: accounts.a.api_key is written into a file")
        .hasLineCount(1)
        .doesNotContain("key-of-europe");
  }

  private CommandRun run(String typed) {
    return CommandRun.of(
        environment,
        CLOCK,
        typed
            .replace("FILE", file().toString())
            .replace("DIR", directory.toString())
            .split(" ", -1));
  }

  private Path file() {
    return directory.resolve("simtally.toml");
  }

  private void config(String text) throws IOException {
    Files.writeString(file(), text);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
  }
}
