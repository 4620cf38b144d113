package io.simtally.fleet.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tables of a store, and the check that the tables in a database belong to a store. */
final class Schema {
  /** Grows by one with each change of the tables. */
  static final int VERSION = 1;

  /** The table with the version, which marks the other tables as those of a store. */
  static final String MARK = "simtally_schema";

  /** The table with the origin of the figures. A store from before this table may lack it. */
  static final String ORIGIN = "simtally_origin";

  /** All tables and views of a store. */
  static final Set<String> NAMES =
      Set.of(
          MARK,
          ORIGIN,
          "usage_record",
          "coverage",
          "failure",
          "correction",
          "sync_run",
          "daily_usage");

  private Schema() {}

  /**
   * Creates the tables if they do not exist, and checks their version. The transaction must hold
   * {@link #MARK}, so that of several processes that open a new store one creates the tables.
   */
  static void require(Database database, Connection connection) throws SQLException {
    if (database.existing(connection, Set.of(MARK)).isEmpty()) {
      requireRoom(database, connection);
      for (var statement : statements(database)) {
        database.execute(connection, statement);
      }
    }
    requireVersion(database, connection);
  }

  private static void requireRoom(Database database, Connection connection) throws SQLException {
    var taken = database.existing(connection, NAMES);
    if (!taken.isEmpty() || database.isOccupied(connection)) {
      throw refused(
          database,
          "is of another program"
              + (taken.isEmpty()
                  ? ""
                  : ": it has a table " + taken.iterator().next() + " already"));
    }
  }

  private static void requireVersion(Database database, Connection connection) throws SQLException {
    try (var query = database.prepare(connection, "select max(version) from " + MARK);
        var row = query.executeQuery()) {
      row.next();
      var version = row.getInt(1);
      if (version > VERSION) {
        throw refused(
            database,
            "is of a newer Simtally: its schema has version "
                + version
                + ", this one knows "
                + VERSION);
      }
      if (version < 1) {
        throw refused(database, "is damaged: its schema has no version");
      }
    }
  }

  private static StoreException refused(Database database, String reason) {
    return new StoreException("the store " + database.name() + " " + reason, null);
  }

  /** Returns the statement that creates the table {@link #ORIGIN}. */
  static String originTable(Database database) {
    return "create table " + ORIGIN + " (origin " + database.textType() + " not null)";
  }

  private static List<String> statements(Database database) {
    var text = database.textType();
    var all = new ArrayList<String>();
    all.add(
        """
        create table usage_record (
          provider %1$s not null,
          subject %1$s not null,
          start_time timestamp with time zone not null,
          period_seconds bigint,
          total_bytes bigint not null,
          uplink_bytes bigint,
          downlink_bytes bigint,
          source %1$s)\
        """
            .formatted(text));
    all.add(
        """
        create table coverage (
          provider %1$s not null,
          subject %1$s not null,
          from_time timestamp with time zone not null,
          to_time timestamp with time zone not null,
          read_at timestamp with time zone not null)\
        """
            .formatted(text));
    all.add(
        """
        create table failure (
          provider %1$s not null,
          subject %1$s not null,
          from_time timestamp with time zone not null,
          to_time timestamp with time zone not null,
          kind %1$s not null,
          message %1$s not null,
          failed_at timestamp with time zone not null)\
        """
            .formatted(text));
    all.add(
        """
        create table correction (
          provider %1$s not null,
          subject %1$s not null,
          day date not null,
          before_bytes bigint not null,
          after_bytes bigint not null,
          noticed_at timestamp with time zone not null)\
        """
            .formatted(text));
    all.add(
        """
        create table sync_run (
          provider %1$s not null,
          begun_at timestamp with time zone not null,
          ended_at timestamp with time zone)\
        """
            .formatted(text));
    // Days are UTC days, whatever the time zone of a session.
    all.add(
        """
        create view daily_usage as
        select provider, subject, cast(start_time at time zone 'UTC' as date) as day,
               cast(sum(total_bytes) as bigint) as total_bytes
        from usage_record
        group by provider, subject, cast(start_time at time zone 'UTC' as date)\
        """);
    all.addAll(database.indexes());
    all.add(originTable(database));
    all.add("create table " + MARK + " (version integer not null)");
    all.add("insert into " + MARK + " values (" + VERSION + ")");
    return all;
  }
}
