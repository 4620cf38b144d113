package io.simtally.fleet.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DuckDbUsageSumsTest extends UsageSumsContract {
  @TempDir private Path folder;

  @Override
  String location() {
    return folder.resolve("fleet.duckdb").toString();
  }
}
