package io.simtally.fleet.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a store, and the check that the tables in a database belong to a store. */
public final class Schema {
  /** Grows by one with each change of the tables. {@link Migration} has a step for each. */
  public static final int VERSION = 2;

  /** The table with the version, which marks the other tables as those of a store. */
  public static final String MARK = "simtally_schema";

  /** The table with the origin of the figures. */
  public static final String ORIGIN = "simtally_origin";

  /** The columns of each table, in order. The word {@code words} stands for the type of a text. */
  private static final Map<String, String> TABLES =
      tables(
          MARK,
          "version integer not null",
          ORIGIN,
          "origin words not null",
          "account",
          """
          account words not null,
          provider words not null,
          first_read_at timestamp with time zone not null""",
          "usage_record",
          """
          provider words not null,
          account words not null,
          subject words not null,
          start_time timestamp with time zone not null,
          period_seconds bigint,
          total_bytes bigint not null,
          uplink_bytes bigint,
          downlink_bytes bigint,
          source words""",
          "coverage",
          """
          provider words not null,
          account words not null,
          subject words not null,
          from_time timestamp with time zone not null,
          to_time timestamp with time zone not null,
          read_at timestamp with time zone not null""",
          "failure",
          """
          provider words not null,
          account words not null,
          subject words not null,
          from_time timestamp with time zone not null,
          to_time timestamp with time zone not null,
          kind words not null,
          message words not null,
          failed_at timestamp with time zone not null""",
          "correction",
          """
          provider words not null,
          account words not null,
          subject words not null,
          day date not null,
          before_bytes bigint not null,
          after_bytes bigint not null,
          noticed_at timestamp with time zone not null""",
          "sync_run",
          """
          provider words not null,
          account words not null,
          begun_at timestamp with time zone not null,
          ended_at timestamp with time zone""",
          "closed_period",
          """
          account words not null,
          from_day date not null,
          to_day date not null,
          closed_at timestamp with time zone not null,
          total_bytes bigint not null""",
          "device",
          """
          provider words not null,
          account words not null,
          subject words not null,
          label words,
          device_group words""",
          "first_read",
          """
          provider words not null,
          account words not null,
          subject words not null,
          from_day date not null,
          to_day date not null,
          read_at timestamp with time zone not null""",
          "closed_gap",
          """
          account words not null,
          from_day date not null,
          to_day date not null,
          provider words not null,
          subject words not null,
          gap_from date not null,
          gap_to date not null,
          reason words not null""",
          "alert_event",
          """
          id words not null,
          rule words not null,
          type words not null,
          provider words,
          account words not null,
          subject words,
          cycle_from date not null,
          cycle_to date not null,
          from_day date not null,
          to_day date not null,
          bytes bigint not null,
          limit_bytes bigint,
          percent bigint,
          median_bytes bigint,
          forecast_bytes bigint,
          forecast_low_bytes bigint,
          forecast_high_bytes bigint,
          unknown_days bigint not null,
          noticed_at timestamp with time zone not null,
          delivered_at timestamp with time zone""");

  private static final String DAILY = "daily_usage";

  /** All tables and views of a store. */
  public static final Set<String> NAMES =
      Stream.concat(TABLES.keySet().stream(), Stream.of(Database.UNCOUNTED, DAILY))
          .collect(Collectors.toUnmodifiableSet());

  private Schema() {}

  /** Returns tables by their names, of names and columns in turn. */
  private static Map<String, String> tables(String... namesAndColumns) {
    var tables = new HashMap<String, String>();
    for (var i = 0; i < namesAndColumns.length; i += 2) {
      tables.put(namesAndColumns[i], namesAndColumns[i + 1]);
    }
    return Map.copyOf(tables);
  }

  /**
   * Creates the tables if they do not exist, or migrates them to this version. The transaction must
   * hold {@link #MARK}, so that of several processes one creates or migrates the tables.
   */
  public static void require(Database database, Connection connection) throws SQLException {
    if (database.existing(connection, Set.of(MARK)).isEmpty()) {
      requireRoom(database, connection);
      create(database, connection);
    } else {
      for (int version = version(database, connection); version < VERSION; version++) {
        Migration.from(version).run(database, connection);
      }
    }
  }

  /** Checks that the tables exist and have this version, with a right to read only. */
  public static void requireReadable(Database database, Connection connection) throws SQLException {
    if (database.existing(connection, Set.of(MARK)).isEmpty()) {
      throw refused(database, "has no tables of Simtally; simtally sync creates them");
    }
    var version = version(database, connection);
    if (version < VERSION) {
      throw refused(
          database, "has schema " + version + "; simtally sync migrates it to schema " + VERSION);
    }
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

  private static int version(Database database, Connection connection) throws SQLException {
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
      return version;
    }
  }

  static RefusalException refused(Database database, String reason) {
    return RefusalException.of(database.name(), reason);
  }

  private static void create(Database database, Connection connection) throws SQLException {
    for (var table : TABLES.keySet()) {
      database.execute(connection, createTable(database, table));
    }
    database.execute(connection, createTable(database, Database.UNCOUNTED));
    database.execute(connection, createView());
    for (var index : database.indexes()) {
      database.execute(connection, index);
    }
    database.execute(connection, "insert into " + MARK + " (version) values (" + VERSION + ")");
  }

  /** Returns the statement that creates a table. */
  static String createTable(Database database, String table) {
    var columns = columnsOf(table).replace(" words", " " + database.textType());
    return "create table " + table + " (" + columns + ")";
  }

  private static String columnsOf(String table) {
    var alike = table.equals(Database.UNCOUNTED) ? Database.RECORDS : table;
    return TABLES.getOrDefault(alike, "");
  }

  /** Returns the statement that creates the view of daily usage. Days are UTC days. */
  static String createView() {
    return """
        create view daily_usage as
        select provider, account, subject, cast(start_time at time zone 'UTC' as date) as day,
               cast(sum(total_bytes) as bigint) as total_bytes
        from usage_record
        group by provider, account, subject, cast(start_time at time zone 'UTC' as date)\
        """;
  }

  /** Returns the tables whose rows belong to an account. */
  static List<String> tablesOfAccounts() {
    return NAMES.stream().filter(table -> columns(table).contains("account")).sorted().toList();
  }

  /** Returns the columns of a table, in the order in which a {@link RowWriter} writes them. */
  public static List<String> columns(String table) {
    var lines = columnsOf(table).split(",\\s*");
    return new ArrayList<>(Arrays.stream(lines).map(line -> line.replaceFirst(" .*", "")).toList());
  }
}
