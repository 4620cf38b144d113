package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
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

  @Test
  void saysThatTheFileIsOpenInAnotherProcess() throws Exception {
    var child = ChildProgram.start(location());
    try (var lines = child.inputReader()) {
      assertThat(lines.readLine())
          .isEqualTo(
              "the store "
                  + location()
                  + " is open in another process; one at a time can have a DuckDB file open");
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void saysWhatIsNoStore() throws IOException, SQLException {
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
    assertThatThrownBy(() -> open("jdbc:mysql://simtally:s3cret@host/db"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("store is neither the path of a DuckDB file nor a jdbc:postgresql: URL");
  }

  @Test
  void namesTheDriverThatIsMissing() throws IOException {
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
  void needsNoDriverButItsOwn() throws IOException {
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
