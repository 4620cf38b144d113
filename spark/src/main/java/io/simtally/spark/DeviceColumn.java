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
 * Devices that stand in a column of a table instead of in a file. Immutable; each setter returns a
 * new one.
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
   * Names a column of identifiers, whose name is taken for their kind: {@code iccid}, {@code imei},
   * {@code msisdn}.
   *
   * @param table the table
   * @param ids the column, of text or whole numbers; one that comes twice is one device
   * @return the devices
   */
  public static DeviceColumn of(Dataset<Row> table, String ids) {
    return new DeviceColumn(table, ids, ids.toLowerCase(Locale.ROOT), null);
  }

  /**
   * What the identifiers are, if the column is not called so.
   *
   * @param kindOfIds for example {@code iccid}
   * @return the same devices
   */
  public DeviceColumn kind(String kindOfIds) {
    return new DeviceColumn(table, ids, kindOfIds, accounts);
  }

  /**
   * Names the column of the accounts, for carriers that ask for them.
   *
   * @param column the account that a device belongs to
   * @return the same devices, with their accounts
   */
  public DeviceColumn account(String column) {
    return new DeviceColumn(table, ids, kind, column);
  }

  /**
   * Begins to read their usage. The list is fetched now, a partition at a time, and kept until the
   * driver ends in a temporary file that only its user can read.
   *
   * @param provider the carrier
   * @return the data source with the options {@code provider} and {@code devices}; the other ones
   *     are to be added
   * @throws IllegalArgumentException if the column holds no device, or a row without one
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
      // A list without devices means all of an account.
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
