package io.simtally.benchmarks;

import io.simtally.fleet.store.UsageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Measures the migration of a DuckDB store of schema 1. */
final class MigrationRun {
  private static final int DAYS = 30;

  private MigrationRun() {}

  static void run(int devices, Table table) throws IOException, SQLException {
    var folder = Files.createTempDirectory("simtally-migration");
    var file = folder.resolve("fleet.duckdb");
    try {
      create(file, devices);
      var before = Files.size(file);
      var start = System.nanoTime();
      UsageStore.open(file).close();
      var seconds = (System.nanoTime() - start) / 1e9;
      requireAll(file, (long) devices * DAYS);
      table.detail(
          "Migration of a DuckDB store from schema 1, %,d records".formatted(devices * DAYS),
          "what",
          "figure");
      table.detailRow("seconds", Spread.exactly(seconds));
      table.detailRow("MiB before", Spread.exactly(before / (double) (1 << 20)));
      table.detailRow("MiB after", Spread.exactly(Files.size(file) / (double) (1 << 20)));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** Creates a store as the first version did: a record for each device and day. */
  private static void create(Path file, int devices) throws SQLException {
    var sql =
        """
        create table usage_record (
          provider varchar not null, subject varchar not null, start_time timestamptz not null,
          period_seconds bigint, total_bytes bigint not null, uplink_bytes bigint,
          downlink_bytes bigint, source varchar);
        create table coverage (
          provider varchar not null, subject varchar not null, from_time timestamptz not null,
          to_time timestamptz not null, read_at timestamptz not null);
        create table failure (
          provider varchar not null, subject varchar not null, from_time timestamptz not null,
          to_time timestamptz not null, kind varchar not null, message varchar not null,
          failed_at timestamptz not null);
        create table correction (
          provider varchar not null, subject varchar not null, day date not null,
          before_bytes bigint not null, after_bytes bigint not null,
          noticed_at timestamptz not null);
        create table sync_run (
          provider varchar not null, begun_at timestamptz not null, ended_at timestamptz);
        create view daily_usage as
          select provider, subject, cast(start_time at time zone 'UTC' as date) as day,
                 cast(sum(total_bytes) as bigint) as total_bytes
          from usage_record group by all;
        create table simtally_schema (version integer not null);
        insert into simtally_schema values (1);
        insert into usage_record
          select 'mason-usage', cast(8944500000000000000 + device as varchar),
                 timestamptz '2026-01-01 00:00:00+00' + to_days(cast(day as integer)), 86400,
                 up + down, up, down, null
          from (select device, day, cast(random() * 16777216 as bigint) as up,
                       cast(random() * 268435456 as bigint) as down
                from range(%1$d) devices(device), range(%2$d) days(day));
        insert into coverage
          select 'mason-usage', cast(8944500000000000000 + device as varchar),
                 timestamptz '2026-01-01 00:00:00+00',
                 timestamptz '2026-01-01 00:00:00+00' + to_days(%2$d),
                 timestamptz '2026-02-10 00:00:00+00'
          from range(%1$d) devices(device);
        insert into sync_run
          values ('mason-usage', timestamptz '2026-02-10 00:00:00+00',
                  timestamptz '2026-02-10 00:01:00+00');
        """
            .formatted(devices, DAYS);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        var statement = connection.createStatement()) {
      for (var each : sql.split(";\n", -1)) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
    }
  }

  private static void requireAll(Path file, long records) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery("select count(*) from usage_record where account = provider")) {
      if (!row.next() || row.getLong(1) != records) {
        throw new IllegalStateException("records were lost");
      }
    }
  }
}
