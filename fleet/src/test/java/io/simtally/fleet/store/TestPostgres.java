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

/** A PostgreSQL server that all tests of the module share. Each test has its own schema. */
public final class TestPostgres {
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

  /** Creates an empty schema and returns its URL. */
  public static String emptySchema() {
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

  /** Creates a role without a password and with a search path. */
  static String role(String searchPath) {
    var role = "role" + SCHEMAS.incrementAndGet();
    execute("create role " + role + " login");
    setSearchPath(role, searchPath);
    return role;
  }

  static void setSearchPath(String role, String searchPath) {
    execute("alter role " + role + " set search_path = " + searchPath);
  }

  /** Ends all connections of a role. */
  static void terminate(String role) {
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + role + "'");
  }

  /** Creates a role whose connections the server refuses. */
  static String rejectedRole() {
    var role = "rejected" + SCHEMAS.incrementAndGet();
    execute("create role " + role + " login");
    addRule("host all " + role + " all reject");
    return role;
  }

  /** Creates a role that needs a password. The server trusts all other roles. */
  static void requirePassword(String role, String password) {
    if (!LOCKED.add(role)) {
      return;
    }
    execute(
        "set password_encryption = 'scram-sha-256'; create role "
            + role
            + " login password '"
            + password
            + "'");
    addRule("host all " + role + " all scram-sha-256");
  }

  private static void addRule(String rule) {
    try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("show hba_file")) {
      row.next();
      var rules = Path.of(row.getString(1));
      Files.writeString(rules, rule + "\n" + Files.readString(rules));
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
