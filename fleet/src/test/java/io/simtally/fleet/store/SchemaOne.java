package io.simtally.fleet.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A store of schema 1, with the statements of the version that had it. */
final class SchemaOne {
  /** A device with records of several providers, on two days each. */
  static final List<String> PROVIDERS =
      List.of("iotx-analytics", "mason-usage", "thingspace-hyperprecise", "thingspace-m2m");

  private SchemaOne() {}

  /** Creates the tables. */
  static void create(Connection connection, boolean hasOrigin) throws SQLException {
    var isPostgres = connection.getMetaData().getURL().startsWith("jdbc:postgresql:");
    var text = isPostgres ? "text collate \"C\"" : "varchar";
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
        """);
    all.add(
        """
        create table coverage (
          provider %1$s not null,
          subject %1$s not null,
          from_time timestamp with time zone not null,
          to_time timestamp with time zone not null,
          read_at timestamp with time zone not null)\
        """);
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
        """);
    all.add(
        """
        create table correction (
          provider %1$s not null,
          subject %1$s not null,
          day date not null,
          before_bytes bigint not null,
          after_bytes bigint not null,
          noticed_at timestamp with time zone not null)\
        """);
    all.add(
        """
        create table sync_run (
          provider %1$s not null,
          begun_at timestamp with time zone not null,
          ended_at timestamp with time zone)\
        """);
    all.add(
        """
        create view daily_usage as
        select provider, subject, cast(start_time at time zone 'UTC' as date) as day,
               cast(sum(total_bytes) as bigint) as total_bytes
        from usage_record
        group by provider, subject, cast(start_time at time zone 'UTC' as date)\
        """);
    if (isPostgres) {
      all.add("create index on usage_record (provider, subject, start_time)");
      all.add("create index on coverage (provider, subject)");
      all.add("create index on failure (provider, subject)");
      all.add("create index on correction (provider, subject)");
    }
    if (hasOrigin) {
      all.add("create table simtally_origin (origin %1$s not null)");
    }
    all.add("create table simtally_schema (version integer not null)");
    all.add("insert into simtally_schema values (1)");
    for (var statement : all) {
      StoreContract.execute(connection, statement.formatted(text));
    }
  }

  /** Adds a number of records to each provider: of one device on 2026-01-01, one byte each. */
  static void fill(Connection connection, int recordsPerProvider) throws SQLException {
    var moment = "timestamp with time zone '2026-01-%s 00:00:00+00'";
    for (var provider : PROVIDERS) {
      for (var statement :
          List.of(
              "insert into usage_record select '%s', 'sim' || i, "
                  + moment.formatted("01")
                  + ", 86400, 1, null, 1, null from generate_series(1, "
                  + recordsPerProvider
                  + ") as s(i)",
              "insert into coverage select '%s', 'sim' || i, "
                  + moment.formatted("01")
                  + ", "
                  + moment.formatted("02")
                  + ", "
                  + moment.formatted("09")
                  + " from generate_series(1, "
                  + recordsPerProvider
                  + ") as s(i)",
              "insert into failure values ('%s', 'lost', "
                  + moment.formatted("01")
                  + ", "
                  + moment.formatted("03")
                  + ", 'TIMEOUT', 'too slow', "
                  + moment.formatted("09")
                  + ")",
              "insert into correction values ('%s', 'sim1', date '2026-01-01', 5, 1, "
                  + moment.formatted("09")
                  + ")",
              "insert into sync_run values ('%s', "
                  + moment.formatted("09")
                  + ", "
                  + moment.formatted("10")
                  + ")")) {
        StoreContract.execute(connection, statement.formatted(provider));
      }
    }
  }

  /** Creates and fills a store that has no mark of its origin. */
  static void create(String jdbcUrl, int recordsPerProvider) throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl)) {
      create(connection, false);
      fill(connection, recordsPerProvider);
    }
  }
}
