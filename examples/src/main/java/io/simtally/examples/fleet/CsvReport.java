package io.simtally.examples.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.simtally.core.UsageRecord;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code fleet-report.csv}: one row for each record that is counted, as it comes in.
 *
 * <p>Text that a spreadsheet would take for a formula gets an apostrophe in front.
 */
final class CsvReport implements AutoCloseable {

  private static final String FORMULA_STARTS = "=+-@\t\r";

  private final Path target;
  private final WholeFile file;
  private final CSVPrinter rows;
  private long committed;

  private CsvReport(Path target, WholeFile file, CSVPrinter rows) {
    this.target = target;
    this.file = file;
    this.rows = rows;
  }

  static CsvReport at(Path target) {
    try {
      WholeFile file = WholeFile.at(target);
      CSVPrinter rows =
          new CSVPrinter(
              new BufferedWriter(Channels.newWriter(file.channel(), UTF_8)), CSVFormat.RFC4180);
      rows.printRecord(
          "provider",
          "subject",
          "start",
          "period",
          "total_bytes",
          "uplink_bytes",
          "downlink_bytes");
      CsvReport report = new CsvReport(target, file, rows);
      report.commit();
      return report;
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  void write(UsageRecord usage) {
    try {
      rows.printRecord(
          text(usage.provider()),
          text(usage.subject()),
          usage.start(),
          text(usage.period()),
          usage.totalBytes(),
          usage.uplinkBytes(),
          usage.downlinkBytes());
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  /** Keeps the rows written since the last commit. */
  void commit() {
    try {
      rows.flush();
      committed = file.channel().position();
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  /** Drops the rows written since the last commit. */
  void rollBack() {
    try {
      rows.flush();
      file.channel().truncate(committed);
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  void publish() {
    try {
      rows.flush();
      file.publish();
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  private static @Nullable String text(@Nullable Duration period) {
    return period == null ? null : period.toString();
  }

  private static String text(String value) {
    boolean formula = !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
    return formula ? "'" + value : value;
  }
}
