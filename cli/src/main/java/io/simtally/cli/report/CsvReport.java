package io.simtally.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.simtally.cli.usage.AccountRow;
import io.simtally.cli.usage.CarrierTerms;
import io.simtally.cli.usage.DeviceUsage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.RowMarks;
import io.simtally.cli.usage.UnknownRange;
import io.simtally.fleet.store.StoredRecord;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  /**
   * More records of an account than these are in the order of the store: to sort them takes
   * longest.
   */
  public static final long MOST_SORTED = 3_000_000;

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
  private final long mostSorted;
  private final Spool unknown;

  /** The subject of the latest record and its cell: the records of a device follow each other. */
  private String subject = "";

  private String subjectCell = "";

  private CsvReport(boolean simulated, long mostSorted, Spool unknown) {
    this.simulated = simulated;
    this.mostSorted = mostSorted;
    this.unknown = unknown;
  }

  /**
   * Creates the report.
   *
   * @param simulated whether each row says that its figures are simulated
   * @param mostSorted the most records of an account that are sorted, such as {@link #MOST_SORTED}
   */
  public static CsvReport create(boolean simulated, long mostSorted) throws IOException {
    return new CsvReport(simulated, mostSorted, Spool.create());
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
   * @param part a file for a part of the text, or null if there is no place for one
   */
  public void write(FleetUsage fleet, UsageReader store, FileChannel file, @Nullable Path part)
      throws IOException {
    try {
      var rows = new CsvRow(new BufferedWriter(Channels.newWriter(file, UTF_8)));
      COLUMNS.forEach(rows::add);
      end(rows, "simulated");
      var marks = RowMarks.of(fleet);
      for (var carrier : fleet.carriers()) {
        var key = carrier.key();
        var query = UsageQuery.days(fleet.period()).provider(key.provider()).account(key.account());
        var isSorted = carrier.records() <= mostSorted;
        var text = RecordText.of(carrier, fleet.period(), simulated);
        if (part != null && text != null && store.writeRecordTexts(query, text, isSorted, part)) {
          rows.flush();
          append(part, file);
        } else {
          try (var records = isSorted ? store.usageRecords(query) : store.unsortedRecords(query)) {
            records.forEach(record -> print(record, key, marks, true, rows));
          }
        }
        try (var records = store.uncountedRecords(query)) {
          records.forEach(record -> print(record, key, marks, false, rows));
        }
      }
      rows.flush();
      unknown.copyTo(file);
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  private static void append(Path part, FileChannel file) throws IOException {
    try (var from = FileChannel.open(part)) {
      var size = from.size();
      var moved = 1L;
      for (long at = 0; at < size && moved > 0; at += moved) {
        moved = from.transferTo(at, size - at, file);
      }
      if (moved == 0) {
        throw new IOException("the temporary file " + part + " was changed");
      }
    }
    Files.delete(part);
  }

  private void end(CsvRow rows, String cell) throws IOException {
    if (simulated) {
      rows.add(cell);
    }
    rows.end();
  }

  private void print(
      StoredRecord stored, AccountRow key, RowMarks marks, boolean isCounted, CsvRow rows) {
    var usage = stored.usage();
    if (!usage.subject().equals(subject)) {
      subject = usage.subject();
      subjectCell = CsvRow.harmless(subject);
    }
    try {
      rows.text(key.provider())
          .text(key.account())
          .cell(subjectCell)
          .add(usage.start())
          .add(usage.period())
          .add(usage.totalBytes())
          .add(usage.uplinkBytes())
          .add(usage.downlinkBytes())
          .text(usage.source())
          .add(isCounted && marks.isInTotal(key, usage.subject(), usage.start()))
          .add(marks.isRunaway(key, usage.subject(), usage.start()));
      end(rows, "true");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(AccountRow key, String name, UnknownRange range) throws IOException {
    var rows = unknown.rows();
    rows.text(key.provider())
        .text(key.account())
        .text(name)
        .add(range.days().start())
        .add(Duration.ofDays(range.days().days()))
        .cell("")
        .cell("")
        .cell("")
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
