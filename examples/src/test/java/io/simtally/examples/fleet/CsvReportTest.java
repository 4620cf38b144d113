package io.simtally.examples.fleet;

import static io.simtally.examples.fleet.FakeCarrier.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.UsageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsvReportTest {

  private static final String HEADER =
      "provider,subject,start,period,total_bytes,uplink_bytes,downlink_bytes,source,in_total,"
          + "runaway\r\n";

  private static final FleetUsage NOTHING =
      new FleetUsage(
          new Period(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-06")),
          Instant.parse("2026-03-07T08:09:10Z"),
          false,
          List.of(),
          List.of());

  @TempDir private Path directory;

  @Test
  void writesARowForEachRecord() throws IOException {
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    String written =
        write(
            new UsageRecord(
                "alef", "a", start, Duration.ofHours(1), 9_007_199_254_740_993L, 1L, 2L, null),
            new UsageRecord("iotx", "b", start, null, 0, null, null, null));

    assertThat(written)
        .isEqualTo(
            HEADER
                + "alef,a,2026-03-01T00:00:00Z,PT1H,9007199254740993,1,2,,true,false\r\n"
                + "iotx,b,2026-03-01T00:00:00Z,,0,,,,true,false\r\n");
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
        "Zähler|Zähler"
      })
  void writesNamesThatNoSpreadsheetComputes(String subject, String cell) throws IOException {
    assertThat(write(usage(subject, "2026-03-01T00:00:00Z", 5)))
        .isEqualTo(HEADER + "fake," + cell + ",2026-03-01T00:00:00Z,PT24H,5,,,,true,false\r\n");
  }

  @Test
  void writesControlCharactersThatNoSpreadsheetComputes() throws IOException {
    assertThat(write(usage("\t=1", "2026-03-01T00:00:00Z", 5))).contains(",'\t=1,");
    assertThat(write(usage("\r=1", "2026-03-01T00:00:00Z", 5))).contains(",\"'\r=1\",");
  }

  @Test
  void keepsTheFormerFileUntilTheNewOneIsWhole() throws IOException {
    Path target = Files.writeString(directory.resolve("report.csv"), "former");
    try (CsvReport csv = CsvReport.at(target)) {
      csv.write(usage("a", "2026-03-01T00:00:00Z", 1));
      csv.commit();
      assertThat(target).hasContent("former");
      csv.publish(NOTHING);
      assertThat(Files.readString(target)).startsWith(HEADER);
    }
    assertThat(directory).isDirectoryNotContaining(file -> !file.equals(target));
  }

  @Test
  void leavesNothingBehindWhenItIsNotPublished() {
    Path target = directory.resolve("report.csv");
    try (CsvReport csv = CsvReport.at(target)) {
      csv.write(usage("a", "2026-03-01T00:00:00Z", 1));
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void dropsTheRowsSinceTheLastCommit() throws IOException {
    Path target = directory.resolve("report.csv");
    try (CsvReport csv = CsvReport.at(target)) {
      csv.write(usage("kept", "2026-03-01T00:00:00Z", 1));
      csv.commit();
      for (int i = 0; i < 10_000; i++) {
        csv.write(usage("dropped", "2026-03-01T00:00:00Z", 1));
      }
      csv.rollBack();
      csv.write(usage("next", "2026-03-01T00:00:00Z", 1));
      csv.publish(NOTHING);
    }
    assertThat(Files.readString(target))
        .isEqualTo(
            HEADER
                + "fake,kept,2026-03-01T00:00:00Z,PT24H,1,,,,true,false\r\n"
                + "fake,next,2026-03-01T00:00:00Z,PT24H,1,,,,true,false\r\n");
  }

  @Test
  void marksTheDayOnWhichADeviceRanAway() throws IOException {
    CarrierTally tally = new CarrierTally("Fake", "fake", NOTHING.period());
    Path target = directory.resolve("report.csv");
    try (CsvReport csv = CsvReport.at(target)) {
      for (int day = 1; day <= 6; day++) {
        for (String device : List.of("=runs", "steady")) {
          long bytes = day == 6 && device.equals("=runs") ? 30_000_000 : 3_000_000;
          UsageRecord record = usage(device, "2026-03-0" + day + "T00:00:00Z", bytes);
          tally.add(record);
          csv.write(record);
        }
      }
      csv.publish(
          new FleetUsage(
              NOTHING.period(),
              NOTHING.generatedAt(),
              false,
              List.of(tally.result(new Coverage(2, List.of()), List.of(), CountedOnce.NONE)),
              List.of()));
    }

    assertThat(Files.readAllLines(target))
        .hasSize(13)
        .filteredOn(row -> row.endsWith(",true"))
        .containsExactly("fake,'=runs,2026-03-06T00:00:00Z,PT24H,30000000,,,,true,true");
  }

  @Test
  void saysWhichFileCannotBeWritten() {
    Path target = directory.resolve("missing").resolve("report.csv");

    assertThatThrownBy(() -> CsvReport.at(target))
        .isInstanceOf(ReportNotWritten.class)
        .hasMessageContaining("cannot write " + target);
  }

  private String write(UsageRecord... records) throws IOException {
    Path target = directory.resolve("report.csv");
    try (CsvReport csv = CsvReport.at(target)) {
      for (UsageRecord record : records) {
        csv.write(record);
      }
      csv.publish(NOTHING);
    }
    return Files.readString(target);
  }
}
