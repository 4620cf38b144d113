package io.simtally.cli.report;

import io.simtally.cli.usage.AccountRow;
import io.simtally.cli.usage.CarrierTerms;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.DeviceUsage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.ReadAhead;
import io.simtally.cli.usage.RowMarks;
import io.simtally.cli.usage.UnknownRange;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code fleet-report.csv}: one row for each record, read from the store as it is written,
 * then one row for each range of unknown days. A row of unknown days has no {@code total_bytes}.
 */
public final class CsvReport implements DeviceUsage.Sink, AutoCloseable {
  /** The number of rows of a spreadsheet, the header included. */
  public static final long ROWS_OF_A_SHEET = 1_048_576;

  /** A sentence for people. */
  public static final String TOO_LONG_FOR_A_SHEET =
      "The CSV file has more rows than a sheet of a spreadsheet (1,048,576): a spreadsheet would"
          + " cut it off.";

  /** More texts of times are not kept: a report of days has few. */
  private static final int MOST_STARTS = 4_096;

  private static final List<String> COLUMNS =
      List.of(
          "provider",
          "account",
          "subject",
          "start",
          "period",
          "total_bytes",
          "uplink_bytes",
          "downlink_bytes",
          "source",
          "in_total",
          "runaway");

  private final boolean simulated;
  private final Spool unknown;
  private final Map<Instant, String> starts = new HashMap<>();

  private CsvReport(boolean simulated, Spool unknown) {
    this.simulated = simulated;
    this.unknown = unknown;
  }

  /**
   * Creates the report.
   *
   * @param simulated whether each row says that its figures are simulated
   */
  public static CsvReport create(boolean simulated) throws IOException {
    return new CsvReport(simulated, Spool.create());
  }

  /** Adds the unknown days of a device or an account. */
  @Override
  public void take(CarrierTerms carrier, DeviceUsage device) {
    if (!device.isRequested()) {
      return;
    }
    try {
      for (var range : device.unknown()) {
        print(carrier.key(), device.subject(), range);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the file.
   *
   * @param store the state of the store that the figures are from
   */
  public void write(FleetUsage fleet, UsageReader store, FileChannel file) throws IOException {
    try {
      var rows = new CsvRow(file);
      COLUMNS.forEach(rows::cells);
      end(rows, "simulated");
      for (var carrier : fleet.carriers()) {
        var key = carrier.key();
        var query = UsageQuery.days(fleet.period()).provider(key.provider()).account(key.account());
        var records = new Records(rows, carrier, fleet.period());
        try (var counted = store.usageRecords(query)) {
          ReadAhead.forEach(counted, record -> records.print(record.usage(), true));
        }
        try (var uncounted = store.uncountedRecords(query)) {
          uncounted.forEach(record -> records.print(record.usage(), false));
        }
      }
      rows.flush();
      unknown.copyTo(file);
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  private void end(CsvRow rows, String cell) throws IOException {
    if (simulated) {
      rows.cells(cell);
    }
    rows.end();
  }

  /** The rows of an account's records. Most records have the texts of the one before. */
  private final class Records {
    private final CsvRow rows;
    private final RowMarks marks;
    private final String account;
    private String subject = "";
    private String device = "";
    private @Nullable Duration period;
    private String periodText = "";
    private @Nullable String source;
    private String sourceCell = "";

    Records(CsvRow rows, CarrierUsage carrier, DayRange days) {
      this.rows = rows;
      this.marks = new RowMarks(carrier, days);
      this.account =
          CsvRow.cell(carrier.key().provider()) + "," + CsvRow.cell(carrier.key().account()) + ",";
    }

    void print(UsageRecord usage, boolean isCounted) {
      if (device.isEmpty() || !usage.subject().equals(subject)) {
        subject = usage.subject();
        device = account + CsvRow.cell(subject);
      }
      if (!Objects.equals(usage.period(), period)) {
        period = usage.period();
        periodText = period == null ? "" : period.toString();
      }
      if (!Objects.equals(usage.source(), source)) {
        source = usage.source();
        sourceCell = source == null ? "" : CsvRow.cell(source);
      }
      var start = usage.start();
      try {
        rows.cells(device)
            .cells(text(start))
            .cells(periodText)
            .add(usage.totalBytes())
            .add(usage.uplinkBytes())
            .add(usage.downlinkBytes())
            .cells(sourceCell)
            .add(isCounted && marks.isInTotal(subject, start))
            .add(marks.isRunaway(subject, start));
        end(rows, "true");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String text(Instant start) {
    if (starts.size() >= MOST_STARTS) {
      starts.clear();
    }
    return starts.computeIfAbsent(start, Instant::toString);
  }

  private void print(AccountRow key, String name, UnknownRange range) throws IOException {
    var rows = unknown.rows();
    rows.text(key.provider())
        .text(key.account())
        .text(name)
        .add(range.days().start())
        .add(Duration.ofDays(range.days().days()))
        .cells("")
        .cells("")
        .cells("")
        .add(range.isNoLongerAvailable() ? "no longer available" : "unknown")
        .add(false)
        .add(false);
    end(rows, "true");
  }

  @Override
  public void close() throws IOException {
    unknown.close();
  }
}
