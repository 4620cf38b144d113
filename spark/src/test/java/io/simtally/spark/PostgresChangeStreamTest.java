package io.simtally.spark;

import io.simtally.fleet.store.UsageStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream of a PostgreSQL store, whose user is in the environment of the driver. */
final class PostgresChangeStreamTest extends ChangeStreamContract {
  private static EmbeddedPostgres server;

  private static int schemas;

  private String schema = "";

  @BeforeAll
  static void startServer() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void createSchema() throws SQLException {
    schemas++;
    schema = "fleet" + schemas;
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create schema " + schema);
    }
  }

  @Override
  String store() {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?currentSchema=" + schema;
  }

  @Test
  void readsAStoreThatAnotherConnectionWrites() {
    try (var writer = UsageStore.open(store(), System.getenv())) {
      for (int days = 1; days <= 2 * SETTLE_AFTER; days++) {
        var today = FIRST.plusDays(days);
        for (int back = days; back >= 1; back--) {
          var reading = reading("device", today.minusDays(back), 1_000 + days % 2, start(today));
          writer.write(List.of(reading), SETTLE_AFTER);
        }
        stream();
      }

      assertReturned();
    }
  }
}
