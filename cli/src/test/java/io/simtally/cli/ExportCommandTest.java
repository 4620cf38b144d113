package io.simtally.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.StoredDevice;
import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Exports the records of a store to files, folders, pipes and standard output. */
final class ExportCommandTest {
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private static final String CSV =
      """
      provider,account,subject,start_time,period_seconds,total_bytes,uplink_bytes,downlink_bytes,source,label,device_group
      mason-usage,mason-eu,+447500000001,2026-03-01T00:00:00Z,86400,7,3,4,,,
      mason-usage,mason-eu,"-1,""x\""",2026-03-01T00:00:00Z,86400,7,3,4,,,
      mason-usage,mason-eu,00123,2026-03-01T00:00:00Z,86400,7,3,4,,,
      mason-usage,mason-eu,89148000000800784259,2026-03-01T00:00:00Z,86400,7,3,4,,"pump, north",site
      mason-usage,mason-eu,=1+1,2026-03-01T00:00:00Z,86400,7,3,4,,,
      mason-usage,mason-eu,@x,2026-03-01T00:00:00Z,86400,7,3,4,,,
      """;

  @TempDir private Path directory;

  @BeforeEach
  void stores() {
    var readings = new ArrayList<Reading>();
    for (var subject :
        List.of("+447500000001", "-1,\"x\"", "00123", "89148000000800784259", "=1+1", "@x")) {
      readings.add(reading(subject, DAY));
    }
    try (var store = UsageStore.open(store(), Map.of())) {
      store.write(readings, 3);
      store.writeDevices(
          "mason-eu",
          List.of(
              new StoredDevice(
                  "mason-usage", "mason-eu", "89148000000800784259", "pump, north", "site")));
    }
  }

  private static Reading reading(String subject, LocalDate day) {
    var days = DayRange.of(day);
    var record =
        new UsageRecord("mason-usage", subject, days.start(), Duration.ofDays(1), 7, 3L, 4L, null);
    return new Reading(
        "mason-usage",
        "mason-eu",
        subject,
        days,
        days.end().plus(Duration.ofDays(9)),
        List.of(record));
  }

  @Test
  void keepsEachIdExactlyAsItIsStored() throws IOException, SQLException {
    assertThat(export("csv", directory.resolve("usage.csv")).exitCode()).isZero();
    assertThat(Files.readString(directory.resolve("usage.csv"))).isEqualTo(crlf(CSV));

    assertThat(export("jsonl", directory.resolve("usage.jsonl")).exitCode()).isZero();
    assertThat(Files.readAllLines(directory.resolve("usage.jsonl")))
        .hasSize(6)
        .contains(
            "{\"provider\":\"mason-usage\",\"account\":\"mason-eu\",\"subject\":\"+447500000001\","
                + "\"start_time\":\"2026-03-01T00:00:00Z\",\"period_seconds\":86400,"
                + "\"total_bytes\":7,\"uplink_bytes\":3,\"downlink_bytes\":4}");

    assertThat(export("parquet", directory.resolve("usage")).exitCode()).isZero();
    assertThat(subjects(directory.resolve("usage")))
        .containsExactlyInAnyOrder(
            "+447500000001", "-1,\"x\"", "00123", "89148000000800784259", "=1+1", "@x");
  }

  @Test
  void exportsAnyNumberOfDays() throws IOException {
    try (var store = UsageStore.open(store(), Map.of())) {
      store.write(List.of(reading("00123", LocalDate.parse("2023-01-05"))), 3);
    }
    var out = directory.resolve("usage.csv");

    var run = export("csv", out, "--from", "2023-01-01", "--to", "2026-03-31");

    assertThat(run.err()).startsWith("Written: 7 records of 2023-01-01 to 2026-03-31");
    assertThat(run.exitCode()).isZero();
    assertThat(Files.readAllLines(out)).hasSize(8).anyMatch(row -> row.contains(",2023-01-05T"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void writesThroughLinksAndKeepsTheModeOfAFile() throws IOException {
    var file = Files.writeString(directory.resolve("real.csv"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r-x"));
    var folder = Files.createDirectories(directory.resolve("links"));
    var link = Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("../other.csv"));
    Files.createSymbolicLink(directory.resolve("other.csv"), Path.of("real.csv"));

    assertThat(export("csv", link).exitCode()).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(directory.resolve("other.csv")).isSymbolicLink();
    assertThat(Files.readString(file)).isEqualTo(crlf(CSV));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r-x");
    assertThat(files(directory))
        .containsExactlyInAnyOrder("real.csv", "links", "other.csv", "store.duckdb");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void writesTheFileThatADanglingLinkLeadsTo() throws IOException {
    var link = Files.createSymbolicLink(directory.resolve("link.csv"), Path.of("new.csv"));

    assertThat(export("csv", link).exitCode()).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(directory.resolve("new.csv"))).isEqualTo(crlf(CSV));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void writesAllNamesOfAFile() throws IOException {
    var file = Files.writeString(directory.resolve("one.csv"), "old".repeat(1_000));
    var other = Files.createLink(directory.resolve("two.csv"), file);

    assertThat(export("csv", file).exitCode()).isZero();

    assertThat(Files.readString(other)).isEqualTo(crlf(CSV));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void writesIntoAPipe() throws Exception {
    var pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new String(Files.readAllBytes(pipe), UTF_8);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    assertThat(export("csv", pipe).exitCode()).isZero();

    assertThat(read.get(1, TimeUnit.MINUTES)).isEqualTo(crlf(CSV));
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void writesOnlyTheRecordsToStandardOutput() throws Exception {
    for (var name : List.of("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")) {
      var out = directory.resolve("out");
      // As a shell does with >>
      Files.writeString(out, "before\n");
      var process =
          ChildCommand.of(Map.of(), "export", "--store", store(), "--format", "csv", "--out", name)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
              .redirectError(directory.resolve("err").toFile())
              .start();

      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(name).isZero();
      assertThat(Files.readString(out)).as(name).isEqualTo("before\n" + crlf(CSV));
      assertThat(directory.resolve("err")).content().startsWith("Written: 6 records");
    }
  }

  @Test
  void writesParquetIntoAFolderThatIsEmpty() throws IOException, SQLException {
    var folder = Files.createDirectories(directory.resolve("mounted"));
    // As in the root of a file system.
    Files.createDirectories(folder.resolve("lost+found"));
    var before = Files.readAttributes(folder, "*").get("fileKey");

    assertThat(export("parquet", folder).exitCode()).isZero();

    assertThat(subjects(folder)).hasSize(6);
    assertThat(files(folder)).containsExactlyInAnyOrder("lost+found", "provider=mason-usage");
    assertThat(Files.readAttributes(folder, "*").get("fileKey")).isEqualTo(before);
  }

  @Test
  void refusesAFolderThatIsNotEmptyAndAFileForParquet() throws IOException {
    var folder = Files.createDirectories(directory.resolve("full"));
    var file = Files.writeString(folder.resolve("file"), "kept");

    assertThat(export("parquet", folder).err()).contains("is there already, and not empty");
    assertThat(export("parquet", file).err()).contains("writes a directory of files");
    assertThat(export("parquet", Path.of("-")).err()).contains("writes a directory of files");
    assertThat(export("csv", folder).err()).contains("is a directory");
    assertThat(file).hasContent("kept");
    assertThat(files(folder)).containsExactly("file");
  }

  @Test
  void removesTheFilesOfAKilledExport() throws IOException {
    var left = Files.createDirectories(directory.resolve(".simtally-export-123"));
    Files.writeString(left.resolve("export.duckdb"), "half");
    Files.setLastModifiedTime(left, FileTime.from(START));

    assertThat(export("parquet", directory.resolve("usage")).exitCode()).isZero();

    assertThat(files(directory)).containsExactlyInAnyOrder("store.duckdb", "usage");
  }

  private CommandRun export(String format, Path out, String... more) {
    var args =
        Stream.concat(
            Stream.of("export", "--store", store(), "--format", format, "--out", out.toString()),
            Stream.of(more));
    return CommandRun.of(Map.of(), args.toArray(String[]::new));
  }

  private static List<String> subjects(Path parquet) throws SQLException {
    var subjects = new ArrayList<String>();
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        var rows =
            database
                .createStatement()
                .executeQuery("SELECT subject FROM read_parquet('" + parquet + "/*/*/*')")) {
      while (rows.next()) {
        subjects.add(rows.getString(1));
      }
    }
    return subjects;
  }

  private static List<String> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String crlf(String text) {
    return text.replace("\n", "\r\n");
  }

  private String store() {
    return directory.resolve("store.duckdb").toString();
  }
}
