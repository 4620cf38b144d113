package io.simtally.cli;

import static io.simtally.cli.usage.Usages.TERMS;
import static io.simtally.cli.usage.Usages.coverage;
import static io.simtally.cli.usage.Usages.usage;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.cli.report.CsvReport;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.StoredTally;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvReportTest {
  private static final String HEADER =
      "provider,account,subject,start,period,total_bytes,uplink_bytes,downlink_bytes,source,in_total,"
          + "runaway\r\n";

  private static final Duration DAY = Duration.ofDays(1);

  private static final DayRange DAYS =
      new DayRange(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-06"));

  private static final FleetUsage NOTHING =
      new FleetUsage(
          DAYS,
          Instant.parse("2026-03-07T08:09:10Z"),
          false,
          List.of(read().result()),
          List.of(),
          List.of(),
          Map.of());

  @TempDir private Path directory;

  private static StoredTally read() {
    StoredTally tally = new StoredTally(TERMS, DAYS);
    tally.add(coverage(UsageStore.ACCOUNT, DAYS));
    return tally;
  }

  @Test
  void writesARowForEachRecord() throws IOException {
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    String written =
        write(
            NOTHING,
            new UsageRecord(
                "fake", "a", start, Duration.ofHours(1), 9_007_199_254_740_993L, 1L, 2L, null),
            new UsageRecord("fake", "b", start, null, 0, null, null, "Raw Usage"));

    assertThat(written)
        .isEqualTo(
            HEADER
                + "fake,lab,a,2026-03-01T00:00:00Z,PT1H,9007199254740993,1,2,,true,false\r\n"
                + "fake,lab,b,2026-03-01T00:00:00Z,,0,,,Raw Usage,true,false\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "=HYPERLINK(\"http://x\")|\"'=HYPERLINK(\"\"http://x\"\")\"",
        "+491701234567|'+491701234567",
        "-1|'-1",
        "@SUM(A1)|'@SUM(A1)",
        "pump, \"north\"|\"pump, \"\"north\"\"\"",
        "Zähler|Zähler",
        "12345|12345",
        "89148000000800784259|\"=\"\"89148000000800784259\"\"\"",
        "007|\"=\"\"007\"\"\""
      })
  void writesNamesThatNoSpreadsheetComputesOrRounds(String subject, String cell)
      throws IOException {
    assertThat(write(NOTHING, usage(subject, "2026-03-01T00:00:00Z", 5)))
        .isEqualTo(HEADER + "fake,lab," + cell + ",2026-03-01T00:00:00Z,PT24H,5,,,,true,false\r\n");
  }

  @Test
  void marksTheDayOnWhichADeviceRanAway() throws IOException {
    StoredTally tally = read();
    UsageRecord[] records = new UsageRecord[12];
    for (int i = 0; i < records.length; i++) {
      int day = i % 6 + 1;
      String device = i < 6 ? "=runs" : "steady";
      long bytes = day == 6 && i < 6 ? 30_000_000 : 3_000_000;
      records[i] = usage(device, "2026-03-0" + day + "T00:00:00Z", bytes);
      tally.add(records[i]);
    }
    FleetUsage fleet =
        new FleetUsage(
            NOTHING.period(),
            NOTHING.generatedAt(),
            false,
            List.of(tally.result()),
            List.of(),
            List.of(),
            Map.of());

    assertThat(write(fleet, records).lines())
        .hasSize(13)
        .filteredOn(row -> row.endsWith(",true"))
        .containsExactly("fake,lab,'=runs,2026-03-06T00:00:00Z,PT24H,30000000,,,,true,true");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, CsvReport.MOST_SORTED})
  void writesTheSameBytesByTheDatabaseAsRowByRow(long mostSorted) throws IOException {
    var tally = read();
    var records = oddRecords();
    records.forEach(tally::add);
    for (int day = 1; day <= 6; day++) {
      var runs =
          usage("it's, \"north\"", "2026-03-0" + day + "T00:00:00Z", day == 6 ? 30_000_000 : 3);
      records.add(runs);
      tally.add(runs);
    }
    var carrier = tally.result();
    assertThat(carrier.runaways()).hasSize(1);
    var part = Files.writeString(directory.resolve("part"), "of an earlier run");
    try (var store = stored(DAYS, records)) {
      for (var simulated : List.of(true, false)) {
        var fleet = fleet(carrier, simulated);
        var rowByRow = write(fleet, store, mostSorted, null);
        assertThat(rowByRow.split("\r\n", -1)).hasSize(records.size() + 2);
        assertThat(write(fleet, store, mostSorted, part)).isEqualTo(rowByRow);
        assertThat(part).doesNotExist();
      }
    }
  }

  private static List<UsageRecord> oddRecords() {
    var records = new ArrayList<UsageRecord>();
    var texts =
        List.of(
            "=HYPERLINK(\"http://x\")",
            "=1",
            "+491701234567",
            "-1",
            "@SUM(A1)",
            "pump, \"north\"",
            "=a, b ",
            "Zähler",
            "𝄞",
            "12345",
            "123456789012",
            "12345678901",
            "89148000000800784259",
            "8914800000080078425x",
            "007",
            "0",
            "0x",
            "'quoted'",
            "it's",
            "back\\slash \\x41",
            "#comment",
            "!first",
            "last ",
            "last\u00a0",
            "a\tb",
            "{} %s ?",
            "null");
    for (var text : texts) {
      var start = Instant.parse("2026-03-01T00:00:00Z");
      records.add(new UsageRecord("fake", text, start, DAY, 1L << 62, null, 7L, "of " + text));
      records.add(new UsageRecord("fake", "source of " + text, start, DAY, 5, 2L, 3L, text));
    }
    var starts =
        List.of(
            "2026-03-01T23:59:59Z",
            "2026-03-02T01:00:00Z",
            "2026-03-03T00:00:00.100Z",
            "2026-03-04T10:20:30.000001Z",
            "2026-03-05T10:20:30.120Z",
            "2026-03-06T10:20:30.123450Z");
    var periods = List.of("PT24H", "PT1H", "PT1H30M15S", "PT45S", "PT1M", "PT23H59M59S");
    for (int i = 0; i < starts.size(); i++) {
      records.add(
          new UsageRecord(
              "fake",
              "times",
              Instant.parse(starts.get(i)),
              Duration.parse(periods.get(i)),
              i,
              null,
              null,
              null));
    }
    records.add(
        new UsageRecord(
            "fake", "no period", Instant.parse(starts.get(0)), null, 0, null, null, null));
    return records;
  }

  private static FleetUsage fleet(CarrierUsage carrier, boolean simulated) {
    return new FleetUsage(
        DAYS, NOTHING.generatedAt(), simulated, List.of(carrier), List.of(), List.of(), Map.of());
  }

  private String write(FleetUsage fleet, UsageStore store, long mostSorted, @Nullable Path part)
      throws IOException {
    var target = directory.resolve("parts.csv");
    try (var report = CsvReport.create(fleet.simulated(), mostSorted);
        var snapshot = store.snapshot();
        var file = FileChannel.open(target, CREATE, WRITE, TRUNCATE_EXISTING)) {
      report.write(fleet, snapshot, file, part);
    }
    return Files.readString(target);
  }

  @Test
  void saysWhichFileCannotBeWritten() {
    Path target = directory.resolve("missing").resolve("report.csv");

    try (UsageStore store = store();
        var files = ReportFiles.create(DAYS, false)) {
      assertThatThrownBy(() -> files.write(NOTHING, store, target.getParent(), null))
          .isInstanceOf(ReportWriteException.class)
          .hasMessageContaining("cannot write " + target.resolveSibling("fleet-report.csv"));
    }
  }

  private String write(FleetUsage fleet, UsageRecord... records) throws IOException {
    Path target = directory.resolve("fleet-report.csv");
    try (UsageStore store = stored(fleet.period(), List.of(records))) {
      try (var files = ReportFiles.create(fleet.period(), fleet.simulated())) {
        files.write(fleet, store, directory, null);
      }
    }
    return Files.readString(target);
  }

  private UsageStore stored(DayRange days, List<UsageRecord> records) {
    var store = store();
    store.write(
        List.of(
            new Reading(
                "fake",
                "lab",
                UsageStore.ACCOUNT,
                days,
                Instant.parse("2026-03-07T08:09:10Z"),
                records)),
        3);
    return store;
  }

  private UsageStore store() {
    return UsageStore.open(directory.resolve("store.duckdb").toString(), Map.of());
  }
}
