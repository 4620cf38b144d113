package io.simtally.spark;

import org.junit.jupiter.api.Tag;

/** The stream of a DuckDB file. */
@Tag("compatibility")
final class ChangeStreamTest extends ChangeStreamContract {
  @Override
  String store() {
    return folder.resolve("fleet.duckdb").toString();
  }
}
