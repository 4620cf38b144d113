package io.simtally.fleet.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One real server for all tests of the module; each test has a schema of its own. */
final class TestPostgres {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private static final Set<String> LOCKED = ConcurrentHashMap.newKeySet();

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

  /** A role that the server, which else trusts everybody, asks for its password. */
  static void requirePassword(String role, String password) {
    if (!LOCKED.add(role)) {
      return;
    }
    try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("show hba_file")) {
      row.next();
      var rules = Path.of(row.getString(1));
      Files.writeString(
          rules, "host all " + role + " all scram-sha-256\n" + Files.readString(rules));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    execute(
        "set password_encryption = 'scram-sha-256'; create role "
            + role
            + " login password '"
            + password
            + "'");
    execute("select pg_reload_conf()");
  }
}
