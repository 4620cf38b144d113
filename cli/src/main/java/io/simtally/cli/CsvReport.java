package io.simtally.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.simtally.cli.usage.AccountRow;
import io.simtally.cli.usage.CarrierUsage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.cli.usage.UnknownRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.store.StoredRecord;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code fleet-report.csv}: one row for each record, read from the store as it is written,
 * then one row for each range of unknown days. A row of unknown days has no {@code total_bytes}.
 *
 * <p>Text that a spreadsheet would execute as a formula gets an apostrophe in front. Digits that it
 * would round become a formula that returns them as text.
 */
final class CsvReport {
  /** The number of rows of a spreadsheet, the header included. */
  static final long ROWS_OF_A_SHEET = 1_048_576;

  static final String TOO_LONG_FOR_A_SHEET =
      "The CSV file has more rows than a sheet of a spreadsheet (1,048,576): a spreadsheet would"
          + " cut it off.";

  private static final String FORMULA_STARTS = "=+-@\t\r";

  /** More digits than a spreadsheet keeps. */
  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{12,}|0[0-9]+");

  private CsvReport() {}

  /**
   * Writes the file.
   *
   * @param store the state of the store that the figures are from
   */
  static void write(FleetUsage fleet, UsageReader store, Path target) {
    try (AtomicFile file = AtomicFile.at(target)) {
      CSVPrinter report =
          new CSVPrinter(
              new BufferedWriter(Channels.newWriter(file.channel(), UTF_8)), CSVFormat.RFC4180);
      report.printRecord(
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
      RowMarks marks = RowMarks.of(fleet);
      try (var records = store.usageRecords(UsageQuery.days(fleet.period()))) {
        records.forEach(stored -> print(stored, marks, true, report));
      }
      try (var records = store.uncountedRecords(UsageQuery.days(fleet.period()))) {
        records.forEach(stored -> print(stored, marks, false, report));
      }
      for (CarrierUsage carrier : fleet.carriers()) {
        for (UnknownRange unknown : carrier.unknownRanges()) {
          print(carrier.key(), unknown, report);
        }
      }
      report.flush();
      file.publish();
    } catch (UncheckedIOException e) {
      throw new ReportWriteException(target, new IOException(e));
    } catch (IOException e) {
      throw new ReportWriteException(target, e);
    }
  }

  private static void print(
      StoredRecord stored, RowMarks marks, boolean isCounted, CSVPrinter report) {
    UsageRecord usage = stored.usage();
    AccountRow key = new AccountRow(usage.provider(), stored.account());
    if (!marks.isShown(key)) {
      return;
    }
    try {
      report.printRecord(
          text(key.provider()),
          text(key.account()),
          text(usage.subject()),
          usage.start(),
          text(usage.period()),
          usage.totalBytes(),
          usage.uplinkBytes(),
          usage.downlinkBytes(),
          usage.source() == null ? null : text(usage.source()),
          isCounted && marks.isInTotal(key, usage.subject(), usage.start()),
          marks.isRunaway(key, usage.subject(), usage.start()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void print(AccountRow key, UnknownRange unknown, CSVPrinter report)
      throws IOException {
    report.printRecord(
        text(key.provider()),
        text(key.account()),
        text(unknown.subject()),
        unknown.days().start(),
        Duration.ofDays(unknown.days().days()),
        null,
        null,
        null,
        unknown.isNoLongerAvailable() ? "no longer available" : "unknown",
        false,
        false);
  }

  private static @Nullable String text(@Nullable Duration period) {
    return period == null ? null : period.toString();
  }

  private static String text(String value) {
    return LONG_NUMBER.matcher(value).matches() ? "=\"" + value + "\"" : harmless(value);
  }

  /** Returns a text that no spreadsheet executes. */
  static String harmless(String value) {
    boolean formula = !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
    return formula ? "'" + value : value;
  }
}
