package io.simtally.cli;

import static io.simtally.cli.usage.Usages.TERMS;
import static io.simtally.cli.usage.Usages.coverage;
import static io.simtally.cli.usage.Usages.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.StoredTally;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void writesEachRecordWithItsOwnTexts() throws IOException {
    var records = new ArrayList<UsageRecord>();
    var expected = new StringBuilder(HEADER);
    // More than the rows that the database returns at a time, and than the texts that are kept.
    for (int second = 0; second < 6_000; second++) {
      var start = DAYS.start().plusSeconds(second).plusNanos(second % 3 * 1_000);
      var period = second % 7 == 0 ? null : Duration.ofSeconds(second % 5);
      var source = second % 11 < 3 ? null : "source " + second % 11 / 5;
      records.add(new UsageRecord("fake", "it's", start, period, second, null, 7L, source));
      expected.append(
          "fake,lab,it's,%s,%s,%s,,7,%s,true,false\r\n"
              .formatted(
                  start, Objects.toString(period, ""), second, Objects.toString(source, "")));
    }
    var start = DAYS.start();
    records.add(new UsageRecord("fake", "z", start, DAY, 1L << 62, 0L, null, "source 1"));
    expected.append(
        "fake,lab,z,2026-03-01T00:00:00Z,PT24H,4611686018427387904,0,,source 1,true,false\r\n");
    records.add(new UsageRecord("fake", "𝄞", start, DAY, 0, null, null, null));
    expected.append("fake,lab,𝄞,2026-03-01T00:00:00Z,PT24H,0,,,,true,false\r\n");
    Collections.shuffle(records, new Random(1));

    assertThat(write(NOTHING, records.toArray(UsageRecord[]::new))).isEqualTo(expected.toString());
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
