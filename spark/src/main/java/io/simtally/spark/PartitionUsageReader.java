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
    this.portions = partition.portions().iterator();
    this.days = settings.days();
  }

  @Override
  public boolean next() throws IOException {
    while (!rows.hasNext()) {
      if (turn == byTurn.size() && !begin()) {
        return false;
      }
      rows = rowsOf(turn).iterator();
      byTurn.set(turn, null);
      turn++;
    }
    row = rows.next();
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
      opened = OpenSource.of(settings.key());
    }
    endRun();
    var source = opened.source();
    var readings = upcoming(source);
    run =
        Fleet.of(readings)
            .concurrency(settings.key().concurrency())
            .runAsync(reading -> source.read(reading.device(), reading.days()));
    results = run.iterator();
    byTurn = new ArrayList<>(Collections.nCopies(readings.size(), null));
    turn = 0;
    return !readings.isEmpty();
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
      throw new IOException(settings.key().provider() + ": " + e.getMessage(), e);
    }
  }

  private List<Reading> upcoming(UsageSource source) throws IOException {
    var readings = new ArrayList<Reading>();
    while (readings.size() < settings.devicesAtOnce() && isMoreToRead(source)) {
      var part = toRead.remove();
      readings.add(new Reading(readings.size(), part.device(), part.days()));
      if (part.device().isAccount()) {
        break; // One response of a whole account is large enough.
      }
    }
    return readings;
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
    var parts = new ArrayList<Part>();
    // Days that the provider no longer keeps fail. The other days must not fail with them.
    var oldest = source.oldestDay(Clock.systemUTC());
    for (var from = days.from(); !from.isAfter(days.to()); ) {
      var end =
          oldest == null || !from.isBefore(oldest) || days.to().isBefore(oldest)
              ? days.to()
              : oldest.minusDays(1);
      var left = end.toEpochDay() - from.toEpochDay();
      var to = from.plusDays(Math.min(left, source.daysAtOnce() - 1L));
      parts.add(new Part(device, DayRange.of(from, to)));
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
      return result.orThrow().stream().map(Row::of).toList();
    }
    failures++;
    if (settings.onFailure() == OnFailure.FAIL) {
      throw new IOException(
          settings.key().provider()
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
        settings.key().provider(),
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
