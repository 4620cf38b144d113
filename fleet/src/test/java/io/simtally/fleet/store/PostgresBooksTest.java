package io.simtally.fleet.store;

import org.junit.jupiter.api.Timeout;

@Timeout(600)
class PostgresBooksTest extends BooksContract {
  private final String schema = TestPostgres.emptySchema();

  @Override
  String location() {
    return schema;
  }

  @Override
  int days() {
    return 62;
  }

  @Override
  int devices() {
    return 12;
  }
}
