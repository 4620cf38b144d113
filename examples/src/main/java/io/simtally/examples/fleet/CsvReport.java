package io.simtally.examples.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.simtally.core.UsageRecord;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code fleet-report.csv}: one row for each record that is counted.
 *
 * <p>The records come in while carriers are read; whether a row is in the total, and whether its
 * device ran away, is known only when all are. So they wait in a file of their own.
 *
 * <p>Text that a spreadsheet would take for a formula gets an apostrophe in front.
 */
final class CsvReport implements AutoCloseable {

  private static final String FORMULA_STARTS = "=+-@\t\r";

  private final Path target;
  private final WholeFile waiting;
  private final CSVPrinter rows;
  private long committed;

  private CsvReport(Path target, WholeFile waiting) throws IOException {
    this.target = target;
    this.waiting = waiting;
    this.rows = printer(waiting.channel());
  }

  static CsvReport at(Path target) {
    try {
      return new CsvReport(
          target, WholeFile.at(target.resolveSibling(target.getFileName() + ".records")));
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  void write(UsageRecord usage) {
    try {
      rows.printRecord(
          usage.provider(),
          usage.subject(),
          usage.start(),
          text(usage.period()),
          usage.totalBytes(),
          usage.uplinkBytes(),
          usage.downlinkBytes(),
          usage.source());
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  /** Keeps the rows written since the last commit. */
  void commit() {
    try {
      rows.flush();
      committed = waiting.channel().position();
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  /** Drops the rows written since the last commit. */
  void rollBack() {
    try {
      rows.flush();
      waiting.channel().truncate(committed);
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  /** Gives the file its rows and its name, in place of what stood there. */
  void publish(FleetUsage fleet) {
    try (WholeFile file = WholeFile.at(target)) {
      rows.flush();
      CSVPrinter report = printer(file.channel());
      report.printRecord(
          "provider",
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
      for (CSVRecord row : waitingRows()) {
        print(row, marks, report);
      }
      report.flush();
      file.publish();
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  @Override
  public void close() {
    try {
      waiting.close();
    } catch (IOException e) {
      throw new ReportNotWritten(target, e);
    }
  }

  private CSVParser waitingRows() throws IOException {
    FileChannel channel = waiting.channel().position(0);
    return CSVFormat.RFC4180.parse(new BufferedReader(Channels.newReader(channel, UTF_8)));
  }

  private static void print(CSVRecord row, RowMarks marks, CSVPrinter report) throws IOException {
    String provider = row.get(0);
    String subject = row.get(1);
    report.printRecord(
        text(provider),
        text(subject),
        row.get(2),
        row.get(3),
        row.get(4),
        row.get(5),
        row.get(6),
        text(row.get(7)),
        marks.isInTotal(provider, subject),
        marks.isRunaway(provider, subject, row.get(2)));
  }

  private static CSVPrinter printer(FileChannel channel) throws IOException {
    Writer writer = new BufferedWriter(Channels.newWriter(channel, UTF_8));
    return new CSVPrinter(writer, CSVFormat.RFC4180);
  }

  private static @Nullable String text(@Nullable Duration period) {
    return period == null ? null : period.toString();
  }

  private static String text(String value) {
    boolean formula = !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
    return formula ? "'" + value : value;
  }
}
