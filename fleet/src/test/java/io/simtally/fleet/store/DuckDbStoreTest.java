package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.DayRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  String location() {
    return folder.resolve("fleet.duckdb").toString();
  }

  @Override
  String jdbcUrl() {
    return "jdbc:duckdb:" + location();
  }

  @Override
  int interleavings() {
    return 1_000;
  }

  @Test
  void readsAFileThatCannotBeWritten() throws IOException {
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 1)));
    store.close();
    var file = Path.of(location());
    var before = Files.readAllBytes(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (var readOnly = UsageStore.openReadOnly(location(), Map.of());
        var snapshot = readOnly.snapshot()) {
      assertReads(readOnly);
      assertReads(snapshot);
      assertThat(readOnly.origin()).contains(Origin.REAL);
      assertThatThrownBy(() -> readOnly.begin(MASON, EU, Instant.EPOCH))
          .isInstanceOf(StoreException.class)
          .hasMessage("the store " + location() + " is open for reading only");
      try (var files = Files.list(folder)) {
        assertThat(files).containsExactly(file);
      }
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void readsAFileThatThisProcessWrites() {
    write(
        reading(
            SIM, "2026-01-01", "2026-01-01", "2026-01-09T00:00:00Z", usage(SIM, "2026-01-01", 1)));
    try (var readOnly = UsageStore.openReadOnly(location(), Map.of())) {
      assertReads(readOnly);
      assertThatThrownBy(() -> readOnly.claim(Origin.REAL)).isInstanceOf(StoreException.class);
    }
    write(reading(SIM, "2026-01-01", "2026-01-01", "2026-01-10T00:00:00Z"));
  }

  @Test
  void createsNoFileForAReader() throws IOException, SQLException {
    var none = folder.resolve("none.duckdb");
    assertThatThrownBy(() -> UsageStore.openReadOnly(none.toString(), Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessage("the store " + none + " does not exist");
    assertThat(none).doesNotExist();

    var others = folder.resolve("others.duckdb");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + others)) {
      execute(connection, "create table customer (name varchar)");
    }
    assertThatThrownBy(() -> UsageStore.openReadOnly(others.toString(), Map.of()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "the store " + others + " has no tables of Simtally; simtally sync creates them");
  }

  @Test
  void reportsAFileThatIsOpenInAnotherProcess() throws Exception {
    var child = ChildProgram.start(location());
    try (var lines = child.inputReader()) {
      assertThat(lines.readLine())
          .isEqualTo(
              "the store "
                  + location()
                  + " is open in another process; only one process at a time can open a DuckDB"
                  + " file");
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void reportsAFileThatIsNoStore() throws IOException, SQLException {
    var text = Files.writeString(folder.resolve("fleet.csv"), "iccid\n8944500000000000001\n");
    var others = folder.resolve("others.duckdb");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + others)) {
      execute(connection, "create table customer (name varchar)");
    }

    assertThatThrownBy(() -> open(text.toString()))
        .isInstanceOf(StoreException.class)
        .hasMessage("the store " + text + " is not a DuckDB file");
    assertThatThrownBy(() -> open(others.toString()))
        .isInstanceOf(StoreException.class)
        .hasMessage("the store " + others + " is of another program");
    assertThatThrownBy(() -> open(folder.toString()))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("the store " + folder + " cannot be opened: ");
    assertThatThrownBy(() -> open(folder.resolve("none").resolve("fleet.duckdb").toString()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("No such file or directory");
    assertThatThrownBy(() -> open(" ")).hasMessage("store is blank");
  }

  @Test
  void refusesAMistypedUrlWithoutShowingIt() {
    for (var url :
        List.of(
            "postgresql://fleet:s3cret@db.example.com/fleet",
            "postgres://db.example.com/fleet?user=fleet&password=s3cret",
            "postgresql:fleet?password=s3cret",
            "//db.example.com/fleet?user=fleet&password=s3cret",
            "db.example.com:5432/fleet?user=fleet&PASSWORD=s3cret",
            "fleet:s3cret@db.example.com/fleet",
            "jdbc:mysql://fleet:s3cret@db.example.com/fleet",
            "JDBC:POSTGRESQL://db.example.com/fleet?password=s3cret",
            " jdbc:postgresql://db.example.com/fleet?password=s3cret",
            "jdb:postgresql://db.example.com/s3cret",
            "md:?motherduck_token=s3cret")) {
      assertThatThrownBy(() -> open(url))
          .as(url)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "store is neither the path of a DuckDB file nor a jdbc:postgresql: URL; write"
                  + " jdbc:postgresql://host:port/database?user=... for PostgreSQL")
          .hasNoCause();
    }
  }

  /** A stand-in for a full disk: the driver reports refused rows at the flush only. */
  @Test
  void failsWhenTheDatabaseRefusesTheRowsOfAFlush() throws SQLException {
    store.close();
    otherProgram(
        connection -> {
          execute(connection, "drop table coverage");
          execute(
              connection,
              "create table coverage (provider varchar, account varchar, subject varchar check (subject <> '"
                  + SIM
                  + "'), from_time timestamptz, to_time timestamptz, read_at timestamptz)");
        });
    open();

    assertThatThrownBy(
            () -> write(reading(SIM, "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("CHECK constraint failed");
    write(reading(OTHER_SIM, "2026-01-01", "2026-01-02", "2026-01-09T00:00:00Z"));
    assertThat(count("coverage")).isEqualTo(1);
  }

  @Test
  void namesTheReasonWhenStagedRecordsCannotBeFlushed() throws SQLException {
    var first = LocalDate.parse("2000-01-01");
    var all = DayRange.of(first, first.plusDays(9_999));
    var readings = new ArrayList<Reading>();
    for (int i = 0; i < 40; i++) {
      var subject = "sim" + i;
      var records = all.each().stream().map(day -> usage(subject, day.toString(), 1)).toList();
      readings.add(new Reading(MASON, EU, subject, all, all.end(), records));
    }
    otherProgram(
        connection -> {
          execute(connection, "set max_temp_directory_size = '1KB'");
          execute(connection, "set memory_limit = '5MB'");
        });

    assertThatThrownBy(() -> store.write(readings, 3))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("staged_run")
        .hasMessageContaining("Failed to append");
  }

  @Test
  void namesTheMissingDriver() throws IOException {
    try (var lines = ChildProgram.start(List.of(), location()).inputReader()) {
      assertThat(lines.readLine())
          .isEqualTo("the store needs the JDBC driver org.duckdb:duckdb_jdbc, which is missing");
    }
    try (var lines =
        ChildProgram.start(List.of(), "jdbc:postgresql://127.0.0.1/fleet").inputReader()) {
      assertThat(lines.readLine())
          .isEqualTo("the store needs the JDBC driver org.postgresql:postgresql, which is missing");
    }
  }

  @Test
  void needsOnlyItsOwnDriver() throws IOException {
    var file = folder.resolve("other.duckdb").toString();
    try (var lines =
        ChildProgram.start(List.of(org.duckdb.DuckDBDriver.class), file).inputReader()) {
      assertThat(lines.readLine()).isEqualTo("open");
    }
  }

  private static void open(String location) {
    UsageStore.open(location, Map.of()).close();
  }
}
