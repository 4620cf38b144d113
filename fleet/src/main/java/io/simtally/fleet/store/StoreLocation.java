package io.simtally.fleet.store;

import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.DuckDbDatabase;
import io.simtally.fleet.store.sql.PostgresDatabase;
import io.simtally.fleet.store.sql.RefusalException;
import java.util.Map;
import java.util.regex.Pattern;

/** The choice of the database by the name of a store. */
final class StoreLocation {
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** A URL scheme, a user before an {@code @}, or a parameter: no file name of a sane user. */
  private static final Pattern URL =
      Pattern.compile(
          "^[a-z][a-z0-9+.:-]+://|^jdbc:|^postgres(?:ql)?:|^[^/\\\\]+:[^/\\\\]*@"
              + "|(?:pass\\w*|pwd|secret|token)\\s*=",
          Pattern.CASE_INSENSITIVE);

  private interface Opening {
    Database open() throws RefusalException;
  }

  private StoreLocation() {}

  static UsageStore open(String store, Map<String, String> environment) {
    return opened(store, environment, false);
  }

  static UsageStore openReadOnly(String store, Map<String, String> environment) {
    return opened(store, environment, true);
  }

  private static UsageStore opened(String store, Map<String, String> environment, boolean reading) {
    var name = Preconditions.text("store", store);
    Preconditions.present("environment", environment);
    if (name.startsWith(POSTGRESQL)) {
      return opened(
          "org/postgresql/",
          "org.postgresql:postgresql",
          () -> new PostgresDatabase(name, environment, reading));
    }
    if (URL.matcher(name.strip()).find()) {
      // Without the name: a mistyped URL may hold a password anywhere.
      throw new IllegalArgumentException(
          "store is neither the path of a DuckDB file nor a jdbc:postgresql: URL;"
              + " write jdbc:postgresql://host:port/database?user=... for PostgreSQL");
    }
    return opened("org/duckdb/", "org.duckdb:duckdb_jdbc", () -> new DuckDbDatabase(name, reading));
  }

  private static UsageStore opened(String driver, String artifact, Opening opening) {
    try {
      var database = opening.open();
      return database.isReadOnly() ? JdbcStore.openReadOnly(database) : JdbcStore.open(database);
    } catch (RefusalException e) {
      throw StoreException.of(e);
    } catch (LinkageError e) {
      if (e instanceof NoClassDefFoundError
          && e.getMessage() != null
          && e.getMessage().startsWith(driver)) {
        throw new StoreException(
            "the store needs the JDBC driver " + artifact + ", which is missing", e);
      }
      // DuckDB unpacks its library into the temporary folder, which may be full or read-only.
      throw new StoreException(
          "the JDBC driver " + artifact + " cannot be loaded: " + deepest(e), e);
    }
  }

  private static Throwable deepest(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
