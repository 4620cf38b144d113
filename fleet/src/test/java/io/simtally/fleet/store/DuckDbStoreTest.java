package io.simtally.fleet.store;

import java.nio.file.Path;
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
}
