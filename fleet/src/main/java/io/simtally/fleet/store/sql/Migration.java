package io.simtally.fleet.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** One step between two versions of the schema, part of a transaction. */
interface Migration {
  /** Changes the tables of one version to the next one. */
  void run(Database database, Connection connection) throws SQLException;

  /** Returns the step from a version to the next one. */
  static Migration from(int version) {
    return List.<Migration>of(Migration::addAccounts).get(version - 1);
  }

  /**
   * Adds the account to every key. Schema 1 knew one account per provider, that of the environment:
   * its name is the provider's id, and {@code thingspace} for both ThingSpace providers.
   */
  private static void addAccounts(Database database, Connection connection) throws SQLException {
    var added =
        List.of(
            "account",
            "alert_event",
            "closed_gap",
            "closed_period",
            "device",
            "first_read",
            Database.UNCOUNTED);
    var taken = database.existing(connection, Set.copyOf(added));
    if (!taken.isEmpty()) {
      throw Schema.refused(
          database,
          "cannot be migrated to schema 2: another program has a table "
              + taken.iterator().next()
              + " in its schema; rename that table");
    }
    database.execute(connection, "drop view daily_usage");
    var account =
        "case when provider in ('thingspace-m2m', 'thingspace-hyperprecise') then 'thingspace'"
            + " else provider end";
    for (var table : List.of("usage_record", "coverage", "failure", "correction", "sync_run")) {
      for (var statement : database.withColumn(table, "account", account)) {
        database.execute(connection, statement);
      }
    }
    for (var table : added) {
      database.execute(connection, Schema.createTable(database, table));
    }
    for (var index : database.indexes()) {
      database.execute(connection, index);
    }
    database.execute(connection, Schema.createView());
    database.copyRights(connection, "usage_record", added);
    database.copyRights(connection, "usage_record", List.of("daily_usage"));
    database.execute(
        connection,
        "insert into account (account, provider, first_read_at)"
            + " select account, provider, min(read_at) from coverage group by account, provider");
    addFirstReads(database, connection);
    markOrigin(database, connection);
    database.execute(connection, "update " + Schema.MARK + " set version = 2");
  }

  /**
   * Declares all days as known since the latest reading or correction of their account. Schema 1
   * deleted corrections, so that no earlier figure can be computed.
   */
  private static void addFirstReads(Database database, Connection connection) throws SQLException {
    var moments =
        " from coverage join (select provider, account, max(moment) as latest from"
            + " (select provider, account, read_at as moment from coverage"
            + " union all select provider, account, noticed_at from correction"
            + " union all select provider, account, coalesce(ended_at, begun_at) from sync_run)"
            + " moments group by provider, account) known using (provider, account)";
    var from = "cast(from_time at time zone 'UTC' as date)";
    var to = "cast((to_time at time zone 'UTC') - interval '1 day' as date)";
    var insert =
        "insert into first_read (provider, account, subject, from_day, to_day, read_at) select ";
    database.execute(
        connection,
        insert
            + ("provider, account, subject, " + from + ", " + to + ", latest" + moments)
            + " where subject = '*'");
    database.execute(
        connection,
        insert
            + ("provider, account, '', min(" + from + "), max(" + to + "), max(latest)" + moments)
            + " where subject <> '*' group by provider, account");
  }

  /** Marks a store with figures and without a mark, from before there were marks, as real. */
  private static void markOrigin(Database database, Connection connection) throws SQLException {
    if (database.existing(connection, Set.of(Schema.ORIGIN)).isEmpty()) {
      database.execute(connection, Schema.createTable(database, Schema.ORIGIN));
    }
    database.execute(
        connection,
        "insert into simtally_origin (origin) select 'real'"
            + " where not exists (select 1 from simtally_origin)"
            + " and (exists (select 1 from sync_run) or exists (select 1 from coverage)"
            + " or exists (select 1 from failure) or exists (select 1 from usage_record))");
  }
}
