package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class AlertsCommandTest {
  private static final Instant NOW = Instant.parse("2026-03-20T06:00:00Z");
  private static final int DEVICES = 40;
  private static final int KILLS = 50;

  @TempDir private Path directory;
  private Path config;

  @BeforeEach
  void syncs() throws IOException {
    config =
        Files.writeString(
            directory.resolve("simtally.toml"),
            """
            store = "fleet.duckdb"

            [[alerts]]
            type = "device-day"
            threshold = "500 MB"
            """);
    var days = DayRange.of(DayRange.dayOf(NOW).minusDays(10), DayRange.dayOf(NOW).minusDays(1));
    var readings = new ArrayList<Reading>();
    for (var i = 0; i < DEVICES; i++) {
      var subject = "device-" + i;
      var usage =
          new UsageRecord(
              "mason-usage",
              subject,
              days.start(),
              Duration.ofDays(1),
              500_000_000,
              null,
              null,
              null);
      readings.add(new Reading("mason-usage", "mason-eu", subject, days, NOW, List.of(usage)));
    }
    try (var store = UsageStore.open(Path.of(store()))) {
      store.write(readings, 3);
    }
  }

  @Test
  void printsNewEventsAsJsonLinesAndEndsWithThree() throws IOException {
    var first = alerts();
    assertThat(first.exitCode()).isEqualTo(3);
    assertThat(first.err()).isEmpty();
    assertThat(first.out().lines()).hasSize(DEVICES);
    assertThat(ids(first.out().lines().toList())).hasSize(DEVICES);

    var second = alerts();
    assertThat(second.exitCode()).isZero();
    assertThat(second.out() + second.err()).isEmpty();
  }

  @Test
  void printsEventsWithQuietToo() {
    assertThat(alerts("--quiet").out().lines()).hasSize(DEVICES);
  }

  @Test
  void narrowsTheAccounts() {
    assertThat(alerts("--account", "mason-us").exitCode()).isZero();
    assertThat(alerts("--account", "mason-eu").exitCode()).isEqualTo(3);
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    Files.delete(directory.resolve("fleet.duckdb"));
    var noStore = alerts();
    assertThat(noStore.exitCode()).isEqualTo(2);
    assertThat(noStore.err()).contains("there is no store").hasLineCount(1);
    assertThat(directory.resolve("fleet.duckdb")).doesNotExist();

    Files.writeString(config, "store = \"fleet.duckdb\"");
    var noRules = alerts();
    assertThat(noRules.exitCode()).isEqualTo(2);
    assertThat(noRules.err())
        .isEqualToNormalizingNewlines(
            "error: the configuration file has no rules: write [[alerts]] into it (see simtally"
                + " alerts --help)\n");
  }

  /**
   * The command is killed at moments over its whole duration, and after the reader of the output
   * has taken some lines: before the evaluation, between it and the output, between two lines, and
   * before the events are marked as delivered.
   */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void deliversEachEventWhereverTheCommandIsKilled() throws Exception {
    addDevices("round-0");
    var printed = new ArrayList<String>();
    var begun = System.nanoTime();
    printed.addAll(run(process -> process.waitFor()));
    var duration = Duration.ofNanos(System.nanoTime() - begun);
    for (var kill = 1; kill <= KILLS; kill++) {
      if (kill % 5 == 1) {
        addDevices("round-" + kill);
      }
      var moment = duration.multipliedBy(kill).dividedBy(KILLS).toMillis();
      var lines = kill % 2 == 0 ? kill % DEVICES : 0;
      printed.addAll(
          run(
              process -> {
                if (lines == 0) {
                  process.waitFor(moment, TimeUnit.MILLISECONDS);
                } else {
                  awaitLines(lines, process);
                }
                process.destroyForcibly();
              }));
    }
    printed.addAll(run(process -> process.waitFor()));

    var stored = storedIds();
    assertThat(stored).doesNotHaveDuplicates().hasSize(DEVICES + KILLS / 5 * DEVICES);
    assertThat(ids(printed)).containsExactlyInAnyOrderElementsOf(stored);
    assertThat(printed).as("events that a kill has repeated").hasSizeGreaterThan(stored.size());
    assertThat(pending()).isZero();
  }

  private interface Ending {
    void of(Process process) throws IOException, InterruptedException;
  }

  /** Runs the command, and returns its lines. */
  private List<String> run(Ending ending) throws IOException, InterruptedException {
    var out = directory.resolve("out");
    var process =
        ChildCommand.of(Map.of(), "alerts", "--config", config.toString())
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    ending.of(process);
    process.waitFor();
    return Files.readAllLines(out);
  }

  private void awaitLines(int lines, Process process) throws IOException {
    var out = directory.resolve("out");
    while (process.isAlive() && (!Files.exists(out) || Files.readAllLines(out).size() < lines)) {
      Thread.onSpinWait();
    }
  }

  private void addDevices(String prefix) {
    var days = DayRange.of(DayRange.dayOf(Instant.now()).minusDays(1));
    try (var store = UsageStore.open(Path.of(store()))) {
      var readings = new ArrayList<Reading>();
      for (var i = 0; i < DEVICES; i++) {
        var subject = prefix + "-" + i;
        readings.add(
            new Reading(
                "mason-usage",
                "mason-eu",
                subject,
                days,
                NOW,
                List.of(
                    new UsageRecord(
                        "mason-usage",
                        subject,
                        days.start(),
                        Duration.ofDays(1),
                        500_000_000,
                        null,
                        null,
                        null))));
      }
      store.write(readings, 3);
    }
  }

  private List<String> storedIds() throws SQLException {
    var ids = new ArrayList<String>();
    try (var database = DriverManager.getConnection("jdbc:duckdb:" + store());
        var rows = database.createStatement().executeQuery("select id from alert_event")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  private long pending() throws SQLException {
    try (var database = DriverManager.getConnection("jdbc:duckdb:" + store());
        var row =
            database
                .createStatement()
                .executeQuery("select count(*) from alert_event where delivered_at is null")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Returns the ids of the lines that were printed to their end. */
  private static HashSet<String> ids(List<String> lines) throws IOException {
    var ids = new HashSet<String>();
    for (var line : lines) {
      if (line.endsWith("}")) {
        var event = (Map<?, ?>) new Moshi.Builder().build().adapter(Object.class).fromJson(line);
        ids.add(String.valueOf(event.get("id")));
      }
    }
    return ids;
  }

  private CommandRun alerts(String... more) {
    var args = new ArrayList<>(List.of("alerts", "--config", config.toString()));
    args.addAll(List.of(more));
    return CommandRun.of(Map.of(), Clock.fixed(NOW, ZoneOffset.UTC), args.toArray(String[]::new));
  }

  private String store() {
    return directory.resolve("fleet.duckdb").toString();
  }
}
