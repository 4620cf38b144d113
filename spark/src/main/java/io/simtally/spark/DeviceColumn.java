package io.simtally.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * The devices in a column of a table, as an alternative to a devices file. Immutable; each setter
 * returns a new object.
 *
 * <pre>{@code
 * Dataset<Row> usage =
 *     DeviceColumn.of(sims, "iccid").reader("mason-usage")
 *         .option("from", "2026-01-01").option("to", "2026-01-31")
 *         .load();
 * }</pre>
 */
public final class DeviceColumn {
  private final Dataset<Row> table;
  private final String ids;
  private final String kind;
  private final @Nullable String accounts;

  private DeviceColumn(Dataset<Row> table, String ids, String kind, @Nullable String accounts) {
    this.table = table;
    this.ids = ids;
    this.kind = kind;
    this.accounts = accounts;
  }

  /**
   * Returns the devices in a column. The column's name is the kind of their identifiers: {@code
   * iccid}, {@code imei}, {@code msisdn}.
   *
   * @param table the table
   * @param ids the column, of text or whole numbers; duplicates are one device
   * @return the devices
   */
  public static DeviceColumn of(Dataset<Row> table, String ids) {
    return new DeviceColumn(table, ids, ids.toLowerCase(Locale.ROOT), null);
  }

  /**
   * Sets the kind of the identifiers, if it is not the column's name.
   *
   * @param kindOfIds for example {@code iccid}
   * @return the same devices
   */
  public DeviceColumn kind(String kindOfIds) {
    return new DeviceColumn(table, ids, kindOfIds, accounts);
  }

  /**
   * Sets the column of the accounts, for carriers that require them.
   *
   * @param column the column with the account of each device
   * @return the devices with their accounts
   */
  public DeviceColumn account(String column) {
    return new DeviceColumn(table, ids, kind, column);
  }

  /**
   * Returns a reader of the devices' usage. This method fetches the list, a partition at a time,
   * into a temporary file that only the driver's user can read. The file is deleted when the driver
   * ends.
   *
   * @param provider the carrier
   * @return the data source with the options {@code provider} and {@code devices}; the caller adds
   *     the others
   * @throws IllegalArgumentException if the column contains no device, or a row has none
   */
  public DataFrameReader reader(String provider) {
    try {
      var file = Files.createTempFile("simtally-devices", ".csv");
      file.toFile().deleteOnExit();
      write(provider, file);
      return table
          .sparkSession()
          .read()
          .format("simtally")
          .option("provider", provider)
          .option("devices", file.toUri().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String provider, Path file) throws IOException {
    var format =
        CSVFormat.DEFAULT.builder().setHeader("provider", "kind", "id", "account_number").get();
    var devices =
        table
            .select(
                text(ids), accounts == null ? functions.lit(null).cast("string") : text(accounts))
            .distinct()
            .toLocalIterator();
    if (!devices.hasNext()) {
      // An empty list would mean the whole account.
      throw new IllegalArgumentException("the column " + ids + " holds no device");
    }
    try (var csv = new CSVPrinter(Files.newBufferedWriter(file), format)) {
      while (devices.hasNext()) {
        var device = devices.next();
        if (device.isNullAt(0)) {
          throw new IllegalArgumentException("the column " + ids + " has a row without a device");
        }
        csv.printRecord(provider, kind, device.getString(0), device.getString(1));
      }
    }
  }

  private static Column text(String column) {
    return functions.col(column).cast("string");
  }
}
