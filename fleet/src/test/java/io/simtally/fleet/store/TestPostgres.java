package io.simtally.fleet.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** One real server for all tests of the module; each test has a schema of its own. */
final class TestPostgres {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private TestPostgres() {}

  private static final class Server {
    static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The URL of a schema that is empty. */
  static String emptySchema() {
    var schema = "test" + SCHEMAS.incrementAndGet();
    execute("create schema " + schema);
    return url() + "&currentSchema=" + schema;
  }

  static String url() {
    return Server.INSTANCE.getJdbcUrl("postgres", "postgres");
  }

  static String url(String database, String user) {
    return Server.INSTANCE.getJdbcUrl(user, database);
  }

  static int port() {
    return Server.INSTANCE.getPort();
  }

  static void execute(String sql) {
    try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
