package io.simtally.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closes the month of a store, and reports it as of the closing. */
final class CloseCommandTest {
  private static final String MASON = "mason-usage";
  private static final DayRange MARCH =
      DayRange.of(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-31"));
  private static final Instant CLOSED_AT = Instant.parse("2026-04-10T06:00:00Z");

  @TempDir private Path directory;

  @Test
  void reproducesTheReportOfAClosedMonthToTheByte() throws IOException {
    write("a", 100, "2026-04-05T06:00:00Z");
    write("b", 50, "2026-04-05T06:00:00Z");

    var closed = run("close", "--month", "2026-03");

    assertThat(closed.err()).isEmpty();
    assertThat(closed.exitCode()).isZero();
    assertThat(closed.out())
        .isEqualToNormalizingNewlines(
            "Closed: mason-usage 2026-03-01 to 2026-03-31, 4,650 bytes, at 2026-04-10T06:00:00Z\n");
    assertThat(report().exitCode()).isZero();
    var csv = Files.readAllBytes(directory.resolve("fleet-report.csv"));
    assertThat(csv).asString().contains(",100,").contains(",50,");

    write("a", 101, "2026-04-15T06:00:00Z");
    write("new", 7, "2026-04-16T06:00:00Z");
    assertThat(report().exitCode()).isZero();
    assertThat(Files.readAllBytes(directory.resolve("fleet-report.csv"))).isEqualTo(csv);

    var latest = run("report", "--from", "2026-03-01", "--to", "2026-03-31", "--out", out());
    assertThat(latest.out())
        .contains("Closed periods")
        .contains(
            "mason-usage, 2026-03-01 to 2026-03-31: closed at 2026-04-10T06:00:00Z with 4,650"
                + " bytes; 62 late corrections, +248 bytes")
        .contains("mason-usage a 2026-03-01: 100 to 101 bytes, read at 2026-04-15T06:00:00Z")
        .contains("and 42 more late corrections");
    assertThat(run("close", "--month", "2026-03").out()).isEqualTo(closed.out());
  }

  @Test
  void reproducesWhichDaysOfAClosedMonthWereSettled() throws IOException {
    write("a", 100, "2026-04-01T06:00:00Z");
    write("b", 50, "2026-04-01T06:00:00Z");
    write("a", 100, "2026-04-05T06:00:00Z");
    assertThat(run("close", "--month", "2026-03", "--incomplete").exitCode()).isZero();
    assertThat(report().exitCode()).isZero();
    var csv = Files.readAllBytes(directory.resolve("fleet-devices.csv"));

    write("a", 101, "2026-04-15T06:00:00Z");
    write("b", 50, "2026-04-15T06:00:00Z");

    assertThat(report().exitCode()).isZero();
    assertThat(Files.readAllBytes(directory.resolve("fleet-devices.csv"))).isEqualTo(csv);
    assertThat(unsettledDays(csv)).containsExactly("a 0", "b 3");
  }

  /** Returns the column {@code unsettled_days} of each device. */
  private static List<String> unsettledDays(byte[] csv) {
    var rows = new String(csv, StandardCharsets.UTF_8).lines().toList();
    var columns = List.of(rows.get(0).split(","));
    return rows.stream()
        .skip(1)
        .map(row -> row.split(",", -1))
        .map(row -> row[columns.indexOf("subject")] + " " + row[columns.indexOf("unsettled_days")])
        .toList();
  }

  @Test
  void refusesAMonthThatIsNotFinalAndNamesItsDays() {
    write("a", 100, "2026-04-02T06:00:00Z");

    var refused = run("close", "--from", "2026-03-01", "--to", "2026-03-31");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .isEqualToNormalizingNewlines(
            "error: 2026-03-01 to 2026-03-31 is not closed: days of it are not final; --incomplete"
                + " closes it nevertheless\n"
                + "  mason-usage mason-usage a, 2026-03-30 to 2026-03-31: not settled\n");
    var forced = run("close", "--month", "2026-03", "--incomplete");
    assertThat(forced.exitCode()).isZero();
    assertThat(report().out()).contains("incomplete (1 range of days not final)");
  }

  @Test
  void refusesWrongOptions() {
    write("a", 100, "2026-04-05T06:00:00Z");

    assertThat(run("close").exitCode()).isEqualTo(2);
    assertThat(run("close", "--month", "2026-03", "--from", "2026-03-01").err())
        .startsWith("error: give --month, or --from and --to");
    assertThat(run("close", "--month", "2026-03", "--account", "none").exitCode()).isEqualTo(2);
    assertThat(run("report", "--as-of", "yesterday").err())
        .contains("'yesterday' is no time such as 2026-02-10T06:00:00Z");
  }

  private CommandRun report() {
    return run(
        "report",
        "--from",
        "2026-03-01",
        "--to",
        "2026-03-31",
        "--as-of",
        CLOSED_AT.toString(),
        "--out",
        out());
  }

  private CommandRun run(String command, String... options) {
    var arguments = new ArrayList<>(List.of(command, "--store", store()));
    arguments.addAll(List.of(options));
    return CommandRun.of(
        Map.of(), Clock.fixed(CLOSED_AT, ZoneOffset.UTC), arguments.toArray(String[]::new));
  }

  private String out() {
    return directory.toString();
  }

  private String store() {
    return directory.resolve("fleet.duckdb").toString();
  }

  private void write(String subject, long bytes, String readAt) {
    var records =
        MARCH.each().stream()
            .map(
                day ->
                    new UsageRecord(
                        MASON,
                        subject,
                        DayRange.of(day).start(),
                        Duration.ofDays(1),
                        bytes,
                        null,
                        null,
                        null))
            .toList();
    try (var store = UsageStore.open(store(), Map.of())) {
      store.write(
          List.of(new Reading(MASON, MASON, subject, MARCH, Instant.parse(readAt), records)), 3);
    }
  }
}
