package io.simtally.fleet.store;

class PostgresUsageSumsTest extends UsageSumsContract {
  private final String schema = TestPostgres.emptySchema();

  @Override
  String location() {
    return schema;
  }
}
