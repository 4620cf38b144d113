package io.simtally.spark;

import io.simtally.core.ApiException;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.Fleet;
import io.simtally.fleet.FleetResult;
import io.simtally.fleet.FleetRun;
import io.simtally.fleet.FleetStoppedException;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.UsageSource;
import io.simtally.spark.RowColumn.Row;
import io.simtally.spark.UsageOptions.OnFailure;
import io.simtally.spark.UsagePartition.Portion;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition. It reads many devices concurrently and returns their rows in the order of
 * the list, independent of the order of the responses. A repeated task therefore returns the same
 * rows in the same order. Spark relies on that when it repeats only some tasks of a job.
 */
final class PartitionUsageReader implements PartitionReader<InternalRow> {
  private final UsageReaderFactory settings;
  private final SourceKey key;
  private final Iterator<Portion> portions;
  private final Queue<Part> toRead = new ArrayDeque<>();

  private @Nullable OpenSource opened;
  private Iterator<Device> devices = Collections.emptyIterator();
  private DayRange days;

  private @Nullable FleetRun<Reading, List<UsageRecord>> run;
  private Iterator<FleetResult<Reading, List<UsageRecord>>> results = Collections.emptyIterator();
  private List<@Nullable List<Row>> byTurn = List.of();
  private int turn;
  private Iterator<Row> rows = Collections.emptyIterator();
  private @Nullable Row row;

  private long requests;
  private long retries;
  private long failures;
  private long read;
  private long returned;

  /** The number of devices to read next, if the rows are limited. */
  private int devicesOfLimit;

  /** A range of days of one device. */
  private record Part(Device device, DayRange days) {}

  /**
   * A part whose reading has started.
   *
   * @param turn the position of its rows in the output, counted from 0
   */
  private record Reading(int turn, Device device, DayRange days) {}

  PartitionUsageReader(UsageReaderFactory settings, UsagePartition partition) {
    this.settings = settings;
    this.key = partition.key();
    this.portions = partition.portions().iterator();
    this.days = settings.days();
  }

  @Override
  public boolean next() throws IOException {
    if (returned >= settings.limit()) {
      return false;
    }
    while (!rows.hasNext()) {
      if (turn == byTurn.size() && !begin()) {
        return false;
      }
      rows = rowsOf(turn).iterator();
      byTurn.set(turn, null);
      turn++;
    }
    row = rows.next();
    returned++;
    read += row.failure() == null ? 1 : 0;
    return true;
  }

  @Override
  public InternalRow get() {
    if (row == null) {
      throw new IllegalStateException("there is no row yet");
    }
    var columns = settings.columns();
    var values = new @Nullable Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = columns[i].of(row);
    }
    return new GenericInternalRow(values);
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    if (opened != null) {
      requests += opened.sent().takeRequests();
      retries += opened.sent().takeRetries();
    }
    return new CustomTaskMetric[] {
      new UsageMetrics.Count("requests", requests),
      new UsageMetrics.Count("retries", retries),
      new UsageMetrics.Count("failures", failures),
      new UsageMetrics.Count("rows", read)
    };
  }

  @Override
  public void close() {
    if (run != null) {
      run.close();
    }
    if (opened != null) {
      opened.close();
    }
  }

  /** Starts to read as many devices as may be held at once. Returns false if none is left. */
  private boolean begin() throws IOException {
    if (opened == null) {
      opened = OpenSource.of(key);
      requireFirstLogin(opened);
    }
    endRun();
    var source = opened.source();
    var readings = upcoming(source);
    byTurn = new ArrayList<>(Collections.nCopies(readings.size(), null));
    turn = 0;
    run =
        Fleet.of(unknown(readings))
            .concurrency(key.concurrency())
            .runAsync(reading -> source.read(reading.device(), reading.days()));
    results = run.iterator();
    return !readings.isEmpty();
  }

  /** Sends no login with credentials that no executor has tried before. */
  private void requireFirstLogin(OpenSource source) throws IOException {
    var first = settings.logins().get(key);
    if (first == null || first.credentials() == null) {
      return;
    }
    if (!first.credentials().equals(source.login(settings.salt()))) {
      throw new IOException(
          key.account()
              + ": the credentials of this executor differ from those that the first executor"
              + " logged in with; no login is sent, since refused logins lock the account");
    }
  }

  /** Returns the readings to send. Takes the rows of a reading that the first login has made. */
  private List<Reading> unknown(List<Reading> readings) {
    var first = settings.logins().get(key);
    if (first == null) {
      return readings;
    }
    var unknown = new ArrayList<Reading>();
    for (var reading : readings) {
      var known = first.rowsOf(reading.device(), reading.days());
      if (known == null) {
        unknown.add(reading);
      } else {
        byTurn.set(reading.turn(), known);
      }
    }
    return unknown;
  }

  /** Ends the run, which throws after the last result if it was stopped. */
  private void endRun() throws IOException {
    if (run != null) {
      isResultLeft();
      run.close();
    }
  }

  private boolean isResultLeft() throws IOException {
    try {
      return results.hasNext();
    } catch (FleetStoppedException e) {
      throw new IOException(key.provider() + ": " + e.getMessage(), e);
    }
  }

  private List<Reading> upcoming(UsageSource source) throws IOException {
    var readings = new ArrayList<Reading>();
    int atOnce = devicesAtOnce();
    while (readings.size() < atOnce && isMoreToRead(source)) {
      var part = toRead.remove();
      readings.add(new Reading(readings.size(), part.device(), part.days()));
      if (part.device().isAccount()) {
        break; // One response of a whole account is large enough.
      }
    }
    return readings;
  }

  /**
   * Returns how many devices to read next. For a limited number of rows, as many as have them if
   * each device has a row a day, then twice as many each time.
   */
  private int devicesAtOnce() {
    if (settings.limit() == Integer.MAX_VALUE) {
      return settings.devicesAtOnce();
    }
    var rows = settings.limit() - returned;
    var oneRowADay = (rows + settings.days().days() - 1) / settings.days().days();
    devicesOfLimit =
        (int)
            Math.min(
                Math.max(oneRowADay, Math.min(rows, 2L * devicesOfLimit)),
                settings.devicesAtOnce());
    return devicesOfLimit;
  }

  private boolean isMoreToRead(UsageSource source) throws IOException {
    while (toRead.isEmpty()) {
      if (devices.hasNext()) {
        toRead.addAll(parts(devices.next(), source));
      } else if (portions.hasNext()) {
        var portion = portions.next();
        days = portion.days();
        devices = portion.devices() == null ? ofAccount(source) : portion.devices().iterator();
      } else {
        return false;
      }
    }
    return true;
  }

  private Iterator<Device> ofAccount(UsageSource source) throws IOException {
    try {
      // All days: a filter narrows the days to read, not the list of devices.
      return source.devices(settings.days()).iterator();
    } catch (ApiException e) {
      throw new IOException(
          source.provider() + ": the account's devices cannot be listed: " + e.getMessage(), e);
    }
  }

  private List<Part> parts(Device device, UsageSource source) {
    return parts(days, source.oldestDay(Clock.systemUTC()), source.daysAtOnce()).stream()
        .map(part -> new Part(device, part))
        .toList();
  }

  /** Returns the ranges of days in which a device is read. */
  static List<DayRange> parts(DayRange days, @Nullable LocalDate oldest, int daysAtOnce) {
    var parts = new ArrayList<DayRange>();
    // Days that the provider no longer keeps fail. The other days must not fail with them.
    for (var from = days.from(); !from.isAfter(days.to()); ) {
      var end =
          oldest == null || !from.isBefore(oldest) || days.to().isBefore(oldest)
              ? days.to()
              : oldest.minusDays(1);
      var left = end.toEpochDay() - from.toEpochDay();
      var to = from.plusDays(Math.min(left, daysAtOnce - 1L));
      parts.add(DayRange.of(from, to));
      from = to.plusDays(1);
    }
    return parts;
  }

  /**
   * Returns the rows of the device whose turn it is. Rows of other devices are kept for their turn.
   */
  private List<Row> rowsOf(int wanted) throws IOException {
    while (byTurn.get(wanted) == null && isResultLeft()) {
      var result = results.next();
      byTurn.set(result.device().turn(), rows(result));
    }
    return byTurn.get(wanted);
  }

  private List<Row> rows(FleetResult<Reading, List<UsageRecord>> result) throws IOException {
    var failure = result.failure();
    if (failure == null) {
      return result.orThrow().stream().map(usage -> Row.of(key.account(), usage)).toList();
    }
    failures++;
    if (settings.onFailure() == OnFailure.FAIL) {
      throw new IOException(
          key.provider()
              + ": "
              + result.device().device()
              + " could not be read for "
              + result.device().days()
              + ": "
              + failure.getMessage(),
          failure);
    }
    return List.of(failed(result.device(), failure));
  }

  /**
   * Returns a row with the missing days, so that a filter on days selects it like a row with usage.
   */
  private Row failed(Reading reading, ApiException failure) {
    var start = reading.days().start();
    var first = RowColumn.moment(Math.max(RowColumn.micros(start), settings.notBefore()));
    return new Row(
        key.provider(),
        key.account(),
        reading.device().subject(),
        first,
        Duration.between(first, reading.days().end()),
        null,
        null,
        null,
        null,
        failure.getMessage());
  }
}
