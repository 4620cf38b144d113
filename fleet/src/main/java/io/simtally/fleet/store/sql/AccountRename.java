package io.simtally.fleet.store.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** The renaming of an account in all tables, within a transaction. */
public record AccountRename(Database database, Connection connection, String from, String to) {
  /** Renames the account, or throws if the store has rows of the new name. */
  public void run() throws SQLException {
    for (var table : Schema.tablesOfAccounts()) {
      requireNone(table);
      try (var update =
          database.prepare(connection, "update " + table + " set account = ? where account = ?")) {
        update.setString(1, to);
        update.setString(2, from);
        update.executeUpdate();
      }
    }
  }

  private void requireNone(String table) throws SQLException {
    try (var query =
        database.prepare(connection, "select 1 from " + table + " where account = ? limit 1")) {
      query.setString(1, to);
      try (var row = query.executeQuery()) {
        if (row.next()) {
          throw RefusalException.of(
              database.name(), "has rows of the account " + to + "; " + from + " keeps its name");
        }
      }
    }
  }
}
