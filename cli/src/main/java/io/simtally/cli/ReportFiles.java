package io.simtally.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.simtally.cli.report.CsvReport;
import io.simtally.cli.report.DeviceTable;
import io.simtally.cli.report.DevicesCsv;
import io.simtally.cli.report.JsonReport;
import io.simtally.cli.usage.CarrierTerms;
import io.simtally.cli.usage.DeviceUsage;
import io.simtally.cli.usage.FleetUsage;
import io.simtally.core.DayRange;
import io.simtally.fleet.store.UsageReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a report. All of them are written before the first one replaces an earlier file. */
final class ReportFiles implements DeviceUsage.Sink, AutoCloseable {
  static final List<String> NAMES =
      List.of("fleet-report.csv", "fleet-devices.csv", "fleet-report.html");

  private final CsvReport report;
  private final DevicesCsv devices;
  private final DeviceTable table;

  private ReportFiles(CsvReport report, DevicesCsv devices, DeviceTable table) {
    this.report = report;
    this.devices = devices;
    this.table = table;
  }

  static ReportFiles create(DayRange period, boolean simulated) {
    try {
      return new ReportFiles(
          CsvReport.create(simulated),
          DevicesCsv.create(period, simulated),
          new DeviceTable(period));
    } catch (IOException e) {
      throw new ReportWriteException(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  @Override
  public void take(CarrierTerms carrier, DeviceUsage device) {
    try {
      report.take(carrier, device);
      devices.take(carrier, device);
      table.take(carrier, device);
    } catch (UncheckedIOException e) {
      throw new ReportWriteException(
          Path.of(System.getProperty("java.io.tmpdir")), new IOException(e));
    }
  }

  private interface Content {
    void write(AtomicFile file) throws IOException;
  }

  /**
   * Writes the files.
   *
   * @param json the file for the figures as JSON, or null
   */
  void write(FleetUsage fleet, UsageReader store, Path directory, @Nullable Path json) {
    var drafts = new ArrayList<AtomicFile>();
    try {
      draft(
          directory.resolve("fleet-report.csv"),
          drafts,
          file -> report.write(fleet, store, file.channel()));
      draft(directory.resolve("fleet-devices.csv"), drafts, file -> devices.write(file.channel()));
      var data = table.data(store);
      draft(
          directory.resolve("fleet-report.html"),
          drafts,
          file -> {
            var out = new BufferedWriter(Channels.newWriter(file.channel(), UTF_8));
            HtmlReport.write(fleet, data, out);
            out.flush();
          });
      if (json != null) {
        draft(
            json,
            drafts,
            file -> JsonReport.write(fleet, Channels.newOutputStream(file.channel())));
      }
      for (var file : drafts) {
        file.publish();
      }
    } catch (IOException e) {
      throw new ReportWriteException(directory, e);
    } finally {
      drafts.forEach(ReportFiles::close);
    }
  }

  private static void draft(Path target, List<AtomicFile> drafts, Content content) {
    try {
      var file = AtomicFile.at(target);
      drafts.add(file);
      content.write(file);
    } catch (IOException e) {
      throw new ReportWriteException(target, e);
    }
  }

  private static void close(AutoCloseable file) {
    try {
      file.close();
    } catch (Exception e) {
      // The file is published, or a draft that the end of the process deletes.
    }
  }

  @Override
  public void close() {
    close((AutoCloseable) report);
    close((AutoCloseable) devices);
  }
}
