package io.simtally.benchmarks;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.Reading;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Measures the store with a record for each device and day. Random figures are the worst case for
 * compression.
 */
final class StoreRun {
  private static final String PROVIDER = "mason-usage";
  private static final int BATCH = 1_000;
  private static final int CHUNK = 10_000;
  private static final int SETTLE_AFTER_DAYS = 3;
  private static final DayRange MONTH =
      DayRange.of(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-01-30"));

  /** The days that the run of the next day reads: the unsettled ones and one new day. */
  private static final DayRange NEXT =
      DayRange.of(LocalDate.parse("2026-01-28"), LocalDate.parse("2026-01-31"));

  private final int devices;

  /**
   * The times of a store, in seconds.
   *
   * @param lookUp queries in chunks for the days that have been read of all devices
   * @param coverage one sequential read of the coverage table
   */
  private record Seconds(
      double first, double coverage, double lookUp, double next, double records) {}

  private StoreRun(int devices) {
    this.devices = devices;
  }

  static void run(int devices, Table table) throws IOException {
    var run = new StoreRun(devices);
    var folder = Files.createTempDirectory("simtally-store");
    var file = folder.resolve("fleet.duckdb");
    try (var postgres = EmbeddedPostgres.builder().start()) {
      var duckDb = run.measure(file.toString());
      var bytes = Files.size(file);
      var postgreSql = run.measure(postgres.getJdbcUrl("postgres", "postgres"));
      run.report(table, duckDb, postgreSql, bytes);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private Seconds measure(String location) {
    try (var store = UsageStore.open(location, Map.of())) {
      var first = seconds(() -> write(store, MONTH));
      var coverage = seconds(() -> readCoverage(store));
      var lookUp = seconds(() -> lookUp(store));
      var records = seconds(() -> readRecords(store));
      var next = seconds(() -> write(store, NEXT));
      return new Seconds(first, coverage, lookUp, next, records);
    }
  }

  private static double seconds(Runnable work) {
    var start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private void write(UsageStore store, DayRange days) {
    for (int from = 0; from < devices; from += BATCH) {
      store.write(
          IntStream.range(from, Math.min(devices, from + BATCH))
              .mapToObj(device -> reading(device, days))
              .toList(),
          SETTLE_AFTER_DAYS);
    }
  }

  private static Reading reading(int device, DayRange days) {
    var random = new Random(device);
    var records = new ArrayList<UsageRecord>();
    for (var day : days.each()) {
      long uplink = random.nextInt(1 << 24);
      long downlink = random.nextInt(1 << 28);
      records.add(
          new UsageRecord(
              PROVIDER,
              iccid(device),
              DayRange.of(day).start(),
              Duration.ofDays(1),
              uplink + downlink,
              uplink,
              downlink,
              null));
    }
    var readAt = days.end().plus(Duration.ofHours(6));
    return new Reading(PROVIDER, PROVIDER, iccid(device), days, readAt, records);
  }

  private static String iccid(int device) {
    return "8944500000%09d".formatted(device);
  }

  private void readCoverage(UsageStore store) {
    try (var coverage = store.coverage(UsageQuery.days(MONTH))) {
      requireAll(coverage.mapToLong(each -> each.days().days()).sum());
    }
  }

  private void lookUp(UsageStore store) {
    long days = 0;
    for (int from = 0; from < devices; from += CHUNK) {
      var chunk =
          IntStream.range(from, Math.min(devices, from + CHUNK)).mapToObj(StoreRun::iccid).toList();
      for (var covered : store.coverage(PROVIDER, PROVIDER, chunk, MONTH)) {
        days += covered.days().days();
      }
    }
    requireAll(days);
  }

  private void readRecords(UsageStore store) {
    try (var records = store.usageRecords(UsageQuery.days(MONTH))) {
      requireAll(records.mapToLong(each -> 1).sum());
    }
  }

  private void requireAll(long days) {
    if (days != devices * MONTH.days()) {
      throw new IllegalStateException(days + " days of " + devices + " devices");
    }
  }

  private void report(Table table, Seconds duckDb, Seconds postgreSql, long bytes) {
    table.atMost(
        "store, DuckDB: looking up what has been read of each device, by reading it once",
        3,
        Spread.exactly(duckDb.lookUp / duckDb.coverage));
    table.detail(
        "Store, %,d devices × %d days".formatted(devices, MONTH.days()),
        "",
        "DuckDB",
        "PostgreSQL");
    var rows = devices * (double) MONTH.days();
    table.detailRow("first run, rows/s", rows / duckDb.first, rows / postgreSql.first);
    table.detailRow(
        "the day after, 4 days replaced, devices/s",
        devices / duckDb.next,
        devices / postgreSql.next);
    table.detailRow(
        "looking up what has been read, devices/s",
        devices / duckDb.lookUp,
        devices / postgreSql.lookUp);
    table.detailRow(
        "reading all records, rows/s", rows / duckDb.records, rows / postgreSql.records);
    table.detailRow("file, bytes a row", bytes / rows, "");
  }
}
