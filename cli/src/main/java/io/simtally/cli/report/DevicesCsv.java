package io.simtally.cli.report;

import io.simtally.cli.usage.CarrierTerms;
import io.simtally.cli.usage.DeviceUsage;
import io.simtally.core.DayRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * Writes {@code fleet-devices.csv}: one row for each device. A device of which nothing is known has
 * no {@code total_bytes}.
 */
public final class DevicesCsv implements DeviceUsage.Sink, AutoCloseable {
  private static final List<String> COLUMNS =
      List.of(
          "provider",
          "account",
          "subject",
          "label",
          "device_group",
          "total_bytes",
          "left_out_bytes",
          "records",
          "unknown_days",
          "unsettled_days",
          "idle");

  private final DayRange period;
  private final boolean simulated;
  private final Spool devices;

  private DevicesCsv(DayRange period, boolean simulated, Spool devices) {
    this.period = period;
    this.simulated = simulated;
    this.devices = devices;
  }

  /**
   * Creates the file.
   *
   * @param simulated whether each row says that its figures are simulated
   */
  public static DevicesCsv create(DayRange period, boolean simulated) throws IOException {
    return new DevicesCsv(period, simulated, Spool.create());
  }

  @Override
  public void take(CarrierTerms carrier, DeviceUsage device) {
    if (device.isAccount()) {
      return;
    }
    var row = devices.rows();
    try {
      row.text(carrier.key().provider())
          .text(carrier.key().account())
          .text(device.subject())
          .text(device.label())
          .text(device.group())
          .add(device.isUnknown(period) ? null : device.totalBytes())
          .add(device.leftOutBytes())
          .add(device.records())
          .add(device.unknownDays())
          .add(device.unsettledDays())
          .add(device.isIdle());
      if (simulated) {
        row.add(true);
      }
      row.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the file. */
  public void write(FileChannel file) throws IOException {
    var header = new CsvRow(file);
    COLUMNS.forEach(header::cells);
    if (simulated) {
      header.cells("simulated");
    }
    header.end();
    header.flush();
    devices.copyTo(file);
  }

  @Override
  public void close() throws IOException {
    devices.close();
  }
}
