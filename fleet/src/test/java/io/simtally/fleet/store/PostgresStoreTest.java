package io.simtally.fleet.store;

class PostgresStoreTest extends StoreContract {
  private final String schema = TestPostgres.emptySchema();

  @Override
  String location() {
    return schema;
  }

  @Override
  String jdbcUrl() {
    return schema;
  }
}
