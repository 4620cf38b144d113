package io.simtally.fleet.sync;

import io.simtally.fleet.store.TestPostgres;
import io.simtally.fleet.store.UsageStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Two roles with different search paths write into one schema. */
final class PostgresInterleavingsTest extends InterleavingsContract {
  @Override
  List<UsageStore> open(Path directory) {
    var shared = TestPostgres.emptySchema().replaceFirst(".*=", "");
    var own = TestPostgres.emptySchema().replaceFirst(".*=", "");
    var first = TestPostgres.role(shared);
    var second = TestPostgres.role(own + ", " + shared);
    TestPostgres.execute("grant all on schema " + shared + " to " + first + ", " + second);
    TestPostgres.execute("grant all on schema " + own + " to " + second);
    TestPostgres.execute(
        "alter default privileges for role " + first + " grant all on tables to " + second);
    return List.of(open(first), open(second));
  }

  private static UsageStore open(String role) {
    return UsageStore.open(TestPostgres.url("postgres", role), Map.of());
  }
}
