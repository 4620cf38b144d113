package io.simtally.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbMigrationTest extends MigrationContract {
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
  void migratesThreeMillionRecords() throws SQLException {
    SchemaOne.create(jdbcUrl(), 750_000);
    try (var store = UsageStore.open(Path.of(location()));
        var rows = store.usageRecords(UsageQuery.all())) {
      assertThat(rows.count()).isEqualTo(3_000_000);
    }
  }
}
