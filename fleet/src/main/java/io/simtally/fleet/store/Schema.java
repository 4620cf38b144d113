package io.simtally.fleet.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tables of a store: what they are called, and that those of a database are ours. */
final class Schema {
  /** One more with each change of the tables. */
  static final int VERSION = 1;

  /** The table that says that the others are ours. */
  static final String MARK = "simtally_schema";

  private static final Set<String> NAMES =
      Set.of(MARK, "usage_record", "coverage", "failure", "correction", "sync_run", "daily_usage");

  private Schema() {}

  /**
   * Creates the tables where there are none. Of processes that open a new store at the same time
   * one does; they must be serialized before they look, since PostgreSQL remembers within a
   * transaction that a table was not there.
   */
  static void require(Database database, Connection connection) throws SQLException {
    if (database.existing(connection, Set.of(MARK)).isEmpty()) {
      requireRoom(database, connection);
      for (var statement : statements(database)) {
        execute(connection, statement);
      }
    }
    requireVersion(database, connection);
  }

  private static void requireRoom(Database database, Connection connection) throws SQLException {
    var taken = database.existing(connection, NAMES);
    if (!taken.isEmpty() || database.isOccupied(connection)) {
      throw new StoreException(
          "the store "
              + database.name()
              + " is of another program"
              + (taken.isEmpty() ? "" : ": it has a table " + taken.iterator().next() + " already"),
          null);
    }
  }

  private static void requireVersion(Database database, Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select max(version) from " + MARK)) {
      row.next();
      var version = row.getInt(1);
      if (version > VERSION) {
        throw new StoreException(
            "the store "
                + database.name()
                + " is of a newer Simtally: its schema has version "
                + version
                + ", this one knows "
                + VERSION,
            null);
      }
      if (version < 1) {
        throw new StoreException(
            "the store " + database.name() + " is damaged: its schema has no version", null);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
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
          source %1$s)"""
            .formatted(text));
    all.add(
        """
        create table coverage (
          provider %1$s not null,
          subject %1$s not null,
          from_time timestamp with time zone not null,
          to_time timestamp with time zone not null,
          read_at timestamp with time zone not null)"""
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
          failed_at timestamp with time zone not null)"""
            .formatted(text));
    all.add(
        """
        create table correction (
          provider %1$s not null,
          subject %1$s not null,
          day date not null,
          before_bytes bigint not null,
          after_bytes bigint not null,
          noticed_at timestamp with time zone not null)"""
            .formatted(text));
    all.add(
        """
        create table sync_run (
          provider %1$s not null,
          begun_at timestamp with time zone not null,
          ended_at timestamp with time zone)"""
            .formatted(text));
    // Days in UTC, whatever the time zone of a session.
    all.add(
        """
        create view daily_usage as
        select provider, subject, cast(start_time at time zone 'UTC' as date) as day,
               cast(sum(total_bytes) as bigint) as total_bytes
        from usage_record
        group by provider, subject, cast(start_time at time zone 'UTC' as date)""");
    all.addAll(database.indexes());
    all.add("create table " + MARK + " (version integer not null)");
    all.add("insert into " + MARK + " values (" + VERSION + ")");
    return all;
  }
}
