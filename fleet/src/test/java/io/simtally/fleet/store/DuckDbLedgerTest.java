package io.simtally.fleet.store;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.io.TempDir;

class DuckDbLedgerTest extends LedgerContract {
  @TempDir private Path directory;

  @Override
  String location() {
    return directory.resolve("ledger.duckdb").toString();
  }

  @Override
  int rowsOfFirstReadings() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + location())) {
      return StoreContract.query(connection, "select 1 from first_read").size();
    }
  }

  @Override
  int steps() {
    return 150;
  }
}
