package io.simtally.fleet.store.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** A store in an SQL database, for other packages that keep tables of their own in it. */
public interface SqlStore {
  /** Statements of one transaction. */
  interface Work {
    /** Executes the statements. */
    void in(Database database, Connection connection) throws SQLException;
  }

  /**
   * Runs statements in one transaction. Transactions with the same lock run one after another, also
   * those of other processes.
   */
  void transaction(String lock, Work work);
}
