package io.simtally.fleet.store;

import io.simtally.core.internal.Preconditions;
import java.util.Locale;
import java.util.Map;

/** Which database the name of a store means. */
final class StoreLocation {
  private static final String POSTGRESQL = "jdbc:postgresql:";

  private StoreLocation() {}

  static UsageStore open(String store, Map<String, String> environment) {
    var name = Preconditions.text("store", store);
    Preconditions.present("environment", environment);
    if (name.startsWith(POSTGRESQL)) {
      return opened(
          "org/postgresql/",
          "org.postgresql:postgresql",
          () -> new PostgresDatabase(name, environment));
    }
    if (name.toLowerCase(Locale.ROOT).startsWith("jdbc:")) {
      // Not the name itself: what is no URL of PostgreSQL may hold a password anywhere.
      throw new IllegalArgumentException(
          "store is neither the path of a DuckDB file nor a jdbc:postgresql: URL");
    }
    return opened("org/duckdb/", "org.duckdb:duckdb_jdbc", () -> new DuckDbDatabase(name));
  }

  private interface Opening {
    Database open();
  }

  private static UsageStore opened(String driver, String artifact, Opening opening) {
    try {
      return JdbcStore.open(opening.open());
    } catch (LinkageError e) {
      if (e instanceof NoClassDefFoundError
          && e.getMessage() != null
          && e.getMessage().startsWith(driver)) {
        throw new StoreException(
            "the store needs the JDBC driver " + artifact + ", which is missing", e);
      }
      // DuckDB's is unpacked into the folder for temporary files, which may be full or forbidden.
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
