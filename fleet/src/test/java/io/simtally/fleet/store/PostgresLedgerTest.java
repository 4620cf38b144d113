package io.simtally.fleet.store;

import java.sql.DriverManager;

class PostgresLedgerTest extends LedgerContract {
  private final String schema = TestPostgres.emptySchema();

  @Override
  String location() {
    return schema;
  }

  @Override
  int rowsOfFirstReadings() throws Exception {
    try (var connection = DriverManager.getConnection(schema)) {
      return StoreContract.query(connection, "select 1 from first_read").size();
    }
  }

  @Override
  int steps() {
    return 150;
  }
}
