package io.simtally.benchmarks.books;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The size of a store by that of the same store without its ledger. */
final class LedgerSize {
  private static final Set<String> LEDGER =
      Set.of("correction", "first_read", "closed_period", "closed_gap");

  private LedgerSize() {}

  /**
   * The bytes of a store.
   *
   * @param all with all tables
   * @param withoutLedger without the tables of the ledger
   */
  record Bytes(long all, long withoutLedger) {
    double ratio() {
      return (double) all / withoutLedger;
    }
  }

  /** Copies a DuckDB file into new files, with and without the ledger. */
  static Bytes ofDuckDb(Path file) throws SQLException, IOException {
    return new Bytes(copied(file, "all", Set.of()), copied(file, "without-ledger", LEDGER));
  }

  private static long copied(Path file, String name, Set<String> left)
      throws SQLException, IOException {
    var copy = file.resolveSibling(name + ".duckdb");
    Files.deleteIfExists(copy);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + copy);
        var statement = connection.createStatement()) {
      statement.execute("set memory_limit = '512MB'");
      statement.execute("attach '" + file.toAbsolutePath() + "' as store (read_only)");
      for (var table :
          tables(
              connection, "select table_name from duckdb_tables() where database_name = 'store'")) {
        if (!left.contains(table)) {
          statement.execute("create table %s as select * from store.%s".formatted(table, table));
        }
      }
      statement.execute("detach store");
      statement.execute("checkpoint");
    }
    var bytes = Files.size(copy);
    Files.delete(copy);
    return bytes;
  }

  private static List<String> tables(Connection connection, String sql) throws SQLException {
    var names = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  /** Compacts the tables of a schema and adds up their sizes, with their indexes. */
  static Bytes ofPostgres(String url) throws SQLException {
    var all = 0L;
    var withoutLedger = 0L;
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("vacuum full");
      for (var table :
          tables(
              connection, "select tablename from pg_tables where schemaname = current_schema()")) {
        try (var row = statement.executeQuery("select pg_total_relation_size('" + table + "')")) {
          row.next();
          all += row.getLong(1);
          withoutLedger += LEDGER.contains(table) ? 0 : row.getLong(1);
        }
      }
    }
    return new Bytes(all, withoutLedger);
  }
}
