package io.simtally.fleet.alert;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DuckDbAlertsTest extends AlertsContract {
  @TempDir private Path directory;

  @Override
  String location() {
    return directory.resolve("fleet.duckdb").toString();
  }
}
