package io.simtally.fleet.alert;

import io.simtally.fleet.store.TestPostgres;

class PostgresAlertsTest extends AlertsContract {
  private final String schema = TestPostgres.emptySchema();

  @Override
  String location() {
    return schema;
  }
}
