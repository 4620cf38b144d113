package io.simtally.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs commands against simulated carriers. */
final class CommandTest {
  private static final Instant NOW = Instant.parse("2026-03-31T10:00:00Z");
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final LocalDate LAST = LocalDate.parse("2026-03-30");

  @TempDir private Path directory;

  private Simulators simulators = carriers(20);

  private static Simulators carriers(int devices) {
    return Simulators.builder()
        .iotx(IotxSimulator.builder().subscribers(devices).days(FIRST, LAST).build())
        .mason(MasonSimulator.builder().sims(devices).days(FIRST, LAST).build())
        .start();
  }

  @AfterEach
  void stop() {
    simulators.close();
  }

  @Test
  void requestsNoSettledDay() {
    CommandRun first = sync(at(NOW.plus(Duration.ofDays(5))));
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    long asked = simulators.mason().traffic().usageRequests();
    long askedIotx = simulators.iotx().traffic().usageRequests();
    assertThat(askedIotx).as("a day each").isEqualTo(30);

    CommandRun second = sync(at(NOW.plus(Duration.ofDays(6))));

    assertThat(second.exitCode()).isZero();
    assertThat(simulators.iotx().traffic().usageRequests()).isEqualTo(askedIotx);
    // The months list the SIMs.
    assertThat(simulators.mason().traffic().usageRequests() - asked).isEqualTo(1);
  }

  @Test
  void readsTheDaysAgainThatMayStillBeCorrected() {
    sync(at(NOW));
    long before = simulators.iotx().traffic().usageRequests();

    sync(at(NOW));

    assertThat(simulators.iotx().traffic().usageRequests() - before).isEqualTo(3);
    CommandRun report = report("--store", store());
    assertThat(report.out()).contains("Not settled: the last 3 days");
  }

  @Test
  void retriesAFailedCarrierInTheNextRun() throws IOException {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("MASON_API_KEY", "a-wr0ng-key");

    CommandRun sync = sync(at(NOW), environment);

    assertThat(sync.exitCode()).isEqualTo(1);
    assertThat(sync.err()).startsWith("error: Mason failed: ").hasLineCount(1);
    assertThat(sync.out() + sync.err()).doesNotContain("wr0ng");
    CommandRun incomplete = report("--store", store());
    assertThat(incomplete.exitCode()).isEqualTo(1);
    assertThat(incomplete.err()).startsWith("error: Mason failed: ");

    assertThat(sync(at(NOW)).exitCode()).isZero();
    CommandRun complete = report("--store", store());
    assertThat(complete.err()).isEmpty();
    assertThat(complete.exitCode()).isZero();
    assertThat(csv()).anyMatch(row -> row.startsWith("mason-usage,"));
  }

  @Test
  void reportsTheSameFromTheStoreAndTheCarriers() throws IOException {
    sync(at(NOW));
    assertThat(report("--store", store(), "--from", FIRST.toString()).exitCode()).isZero();
    List<String> fromStore = csv();

    assertThat(report("--from", FIRST.toString()).exitCode()).isZero();

    assertThat(csv()).isEqualTo(fromStore).hasSizeGreaterThan(1_000);
  }

  @Test
  void exportsTheSameRecordsInEachFormat() throws IOException, SQLException {
    sync(at(NOW));
    Path csv = directory.resolve("usage.csv");
    Path jsonl = directory.resolve("usage.jsonl");
    Path parquet = directory.resolve("usage");
    for (Path out : List.of(csv, jsonl, parquet)) {
      String name = out.getFileName().toString();
      String format = out.equals(parquet) ? "parquet" : name.substring(name.indexOf('.') + 1);
      CommandRun run =
          run("export", "--store", store(), "--format", format, "--out", out.toString());
      assertThat(run.err()).startsWith("Written: ");
      assertThat(run.out()).isEmpty();
      assertThat(run.exitCode()).isZero();
    }

    List<String> rows = Files.readAllLines(csv);
    assertThat(rows.get(0))
        .isEqualTo(
            "provider,account,subject,start_time,period_seconds,total_bytes,uplink_bytes,downlink_bytes,"
                + "source,label,device_group");
    long bytes =
        rows.stream().skip(1).mapToLong(row -> Long.parseLong(row.split(",", -1)[5])).sum();
    long json = 0;
    for (String line : Files.readAllLines(jsonl)) {
      Map<?, ?> row = (Map<?, ?>) new Moshi.Builder().build().adapter(Object.class).fromJson(line);
      json += ((Double) row.get("total_bytes")).longValue();
    }
    assertThat(json).isEqualTo(bytes).isPositive();
    assertThat(parquet.resolve("provider=mason-usage").resolve("month=2026-03")).isDirectory();
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        var sum =
            database
                .createStatement()
                .executeQuery(
                    "SELECT sum(total_bytes), count(*), count(DISTINCT provider) FROM"
                        + " read_parquet('"
                        + parquet
                        + "/*/*/*', hive_partitioning = false)")) {
      sum.next();
      assertThat(sum.getLong(1)).isEqualTo(bytes);
      assertThat(sum.getLong(2)).isEqualTo(rows.size() - 1);
      assertThat(sum.getLong(3)).as("providers, as the files themselves say").isGreaterThan(1);
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.map(each -> each.getFileName().toString()))
          .noneMatch(name -> name.startsWith("."));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| which command?",
        "report --from yesterday | option '--from': 'yesterday' is no day such as 2026-01-31",
        "report --from 2026-02-30 | option '--from': '2026-02-30' is no day such as 2026-01-31",
        "sync --store s --from 2006-01-01 --to 2026-01-01 | longer than 366 days",
        "report --from 2006-01-01 | longer than 366 days",
        "report --from 2026-03-05 --to 2026-03-04 | before it starts",
        "report --to 2026-04-01 | after today",
        "report --days 0 | --days must be 1 to 366",
        "report --days 3 --from 2026-03-05 | exclude each other",
        "report --provider aleph | unknown provider 'aleph', known are iotx-analytics",
        "report --carrier mason-usage | Unknown options: '--carrier', 'mason-usage'",
        "report --devices no-such-file.csv | no-such-file.csv: no such file",
        "report --devices src | src: is a directory",
        "report --store no-such-store.duckdb | there is no store no-such-store.duckdb",
        "sync | no store: give --store, or `store` in a configuration file",
        "sync --store jdbc:mysql:x | neither the path of a DuckDB file",
        "sync --store s.duckdb --concurrency 0 | are at least 1",
        "export --store s --format xml --out x | expected one of [csv, jsonl, parquet]",
        "export --store no-such-store --format csv --out x | there is no store no-such-store",
        "simulate --devices 0 | --devices must be at least 1",
        "sycn --store s | Unmatched arguments from index 0: 'sycn', '--store', 's'; did you mean"
            + " `sync`?",
        "sync --stroe s | Unknown options: '--stroe', 's'; did you mean `--store`?",
        "report --provider mason-usge | unknown provider 'mason-usge'; did you mean `mason-usage`?",
        "sync --store s --account masn-usage | unknown account `masn-usage`; did you mean",
        "alerts --store s | write [[alerts]] into a configuration file",
        "completion fish | expected one of [bash, zsh]"
      })
  void refusesWrongOptions(String typed, String message) {
    CommandRun run =
        CommandRun.of(environment(), at(NOW), typed == null ? new String[0] : typed.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: ").contains(message).hasLineCount(1);
  }

  @Test
  void explainsItself() {
    assertThat(run("--help").out())
        .contains("demo", "sync", "report", "export", "simulate")
        .contains("ALEF_ACCOUNT_ID", "THINGSPACE_M2M_TOKEN", "SIMTALLY_STORE_PASSWORD");
    assertThat(run("sync", "--help").out()).contains("--settle-after-days", "jdbc:postgresql:");
    assertThat(run("--version").out()).startsWith("Simtally ");
  }

  @Test
  void listsTheExitCodes() {
    assertThat(run("--help").out())
        .contains("Exit codes:", "  0 ", "  1 ", "  2 ", "  3 ", "  130 ");
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "80, 80", "200, 100", "3, 55"})
  void helpsWithinTheWidthOfTheTerminal(String columns, int width) {
    var environment = new HashMap<>(environment());
    environment.put("COLUMNS", columns);
    for (String command :
        List.of("", "demo", "sync", "report", "alerts", "export", "check", "simulate")) {
      CommandRun run =
          CommandRun.of(environment, at(NOW), (command + " --help").strip().split(" ", -1));
      assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(width + 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "80, 80", "100, 100", "200, 100"})
  void printsTablesWithinTheWidthOfTheTerminal(String columns, int width) {
    var environment = Map.of("COLUMNS", columns);
    String sync = "sync --simulate=5 --from 2026-03-01 --to 2026-03-02 --store " + store();
    String report = "report --from 2026-02-28 --to 2026-03-02 --store " + store();

    String synced = CommandRun.of(environment, at(NOW), sync.split(" ", -1)).out();
    String reported =
        CommandRun.of(environment, at(NOW), (report + " --out " + directory).split(" ", -1)).out();

    assertThat(synced).contains("Readings", "ThingSpace Hyper-Precise");
    assertThat(reported).contains("Unknown days", "ThingSpace Hyp", "Top devices");
    assertThat((synced + reported).lines().filter(line -> !line.matches("(Stored|Written): .*")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(width + 1));
  }

  @Test
  void printsErrorsOnlyWithQuiet() throws IOException {
    String[] sync = {"sync", "--store", store(), "--from", "2026-03-01", "--to", "2026-03-02"};
    String[] quiet = Stream.concat(Stream.of(sync), Stream.of("--quiet")).toArray(String[]::new);
    CommandRun good = run(quiet);
    assertThat(good.out() + good.err()).isEmpty();
    assertThat(good.exitCode()).isZero();

    Map<String, String> environment = new HashMap<>(environment());
    environment.put("MASON_API_KEY", "a-wr0ng-key");
    CommandRun bad = CommandRun.of(environment, at(NOW), quiet);
    assertThat(bad.out()).isEmpty();
    assertThat(bad.err()).startsWith("error: Mason failed: ").hasLineCount(1);
    assertThat(bad.exitCode()).isEqualTo(1);

    CommandRun before = run("--quiet", "report", "--store", store(), "--out", directory.toString());
    assertThat(before.out()).isEmpty();
    assertThat(csv()).isNotEmpty();
  }

  @Test
  void printsNothingWithQuietOnStandardOutput() throws Exception {
    run("sync", "--store", store(), "--from", "2026-03-01", "--to", "2026-03-02");
    String[] report = {"report", "--quiet", "--store", store(), "--out", directory.toString()};
    String[] days = {"--from", "2026-03-01", "--to", "2026-03-02"};

    Process process =
        ChildCommand.of(
                Map.of(), Stream.of(report, days).flatMap(Stream::of).toArray(String[]::new))
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(process.waitFor()).isZero();
    assertThat(csv()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"bash", "zsh"})
  void completesInTheShell(String shell) throws Exception {
    CommandRun run = run("completion", shell);
    Path script = Files.writeString(directory.resolve("completion"), run.out());

    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                ". \"$1\"; COMP_WORDS=(simtally sync --sto); COMP_CWORD=2; _complete_simtally;"
                    + " echo \"${COMPREPLY[*]}\"",
                "bash",
                script.toString())
            // compopt complains that no key was pressed.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8).strip())
        .isEqualTo("--store");
    assertThat(run.out()).contains("bashcompinit", "alerts", "--settle-after-days");
  }

  private CommandRun sync(Clock clock) {
    return sync(clock, environment());
  }

  private CommandRun sync(Clock clock, Map<String, String> environment) {
    return CommandRun.of(
        environment,
        clock,
        "sync",
        "--store",
        store(),
        "--from",
        FIRST.toString(),
        "--to",
        LAST.toString());
  }

  private CommandRun report(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "report";
    all[1] = "--out";
    all[2] = directory.toString();
    System.arraycopy(args, 0, all, 3, args.length);
    return run(all);
  }

  private CommandRun run(String... args) {
    return CommandRun.of(environment(), at(NOW), args);
  }

  private String store() {
    return directory.resolve("store.duckdb").toString();
  }

  private List<String> csv() throws IOException {
    return Files.readAllLines(directory.resolve("fleet-report.csv"));
  }

  private Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(simulators.environment());
    all.keySet().removeIf(name -> !name.startsWith("IOTX_") && !name.startsWith("MASON_"));
    return all;
  }

  private static Clock at(Instant moment) {
    return Clock.fixed(moment, ZoneOffset.UTC);
  }
}
