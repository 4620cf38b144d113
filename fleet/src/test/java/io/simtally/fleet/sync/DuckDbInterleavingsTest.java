package io.simtally.fleet.sync;

import io.simtally.fleet.store.UsageStore;
import java.nio.file.Path;
import java.util.List;

final class DuckDbInterleavingsTest extends InterleavingsContract {
  @Override
  List<UsageStore> open(Path directory) {
    return List.of(UsageStore.open(directory.resolve("fleet.duckdb")));
  }
}
