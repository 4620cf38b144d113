package io.simtally.examples.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The devices that the user listed, each once. */
final class DeviceList {

  static final DeviceList EMPTY = new DeviceList(Map.of());

  private static final String ACCOUNT = "account";
  private static final List<String> COLUMNS = List.of("carrier", "kind", "id");
  private static final List<String> ALL_COLUMNS = List.of("carrier", "kind", "id", ACCOUNT);

  /** By provider, and there by what identifies the device. */
  private final Map<String, Map<String, Device>> byProvider;

  private DeviceList(Map<String, Map<String, Device>> byProvider) {
    this.byProvider = byProvider;
  }

  /**
   * Reads a CSV file with the columns {@code carrier}, {@code kind}, {@code id} and perhaps {@code
   * account}.
   *
   * @param providers the carriers that the file may name
   * @throws IllegalArgumentException if the file is not of that form; the message names the line
   */
  static DeviceList read(Path file, List<String> providers) throws IOException {
    Map<String, Map<String, Device>> byProvider = new LinkedHashMap<>();
    try (CSVParser rows = format().parse(open(file))) {
      List<String> columns = rows.getHeaderNames();
      if (!columns.equals(COLUMNS) && !columns.equals(ALL_COLUMNS)) {
        throw new IllegalArgumentException(
            "the first line must be carrier,kind,id or carrier,kind,id,account");
      }
      for (CSVRecord row : rows) {
        add(
            row,
            byProvider.computeIfAbsent(
                provider(row, providers), provider -> new LinkedHashMap<>()));
      }
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return new DeviceList(byProvider);
  }

  /** The devices of one provider, in the order of the file. */
  List<Device> of(String provider) {
    return List.copyOf(byProvider.getOrDefault(provider, Map.of()).values());
  }

  private static void add(CSVRecord row, Map<String, Device> devices) {
    Device device = device(row);
    Device before = devices.putIfAbsent(device.toString(), device);
    if (before != null && !before.equals(device)) {
      throw new IllegalArgumentException(line(row) + device + " is listed with another account");
    }
  }

  private static Reader open(Path file) throws IOException {
    BufferedReader text = Files.newBufferedReader(file);
    // Spreadsheets put a byte order mark before the first column's name.
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
    return text;
  }

  private static CSVFormat format() {
    return CSVFormat.DEFAULT
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .setIgnoreEmptyLines(true)
        .setTrim(true)
        .get();
  }

  private static String provider(CSVRecord row, List<String> providers) {
    String provider = cell(row, "carrier");
    if (!providers.contains(provider)) {
      throw new IllegalArgumentException(
          line(row)
              + "unknown carrier '"
              + provider
              + "', known are "
              + String.join(", ", providers));
    }
    return provider;
  }

  private static Device device(CSVRecord row) {
    // Carriers compare kinds ignoring case, so IMEI and imei are one device.
    return new Device(cell(row, "kind").toLowerCase(Locale.ROOT), cell(row, "id"), account(row));
  }

  private static @Nullable String account(CSVRecord row) {
    return row.isSet(ACCOUNT) && !row.get(ACCOUNT).isEmpty() ? row.get(ACCOUNT) : null;
  }

  private static String cell(CSVRecord row, String column) {
    if (!row.isSet(column) || row.get(column).isEmpty()) {
      throw new IllegalArgumentException(line(row) + "no " + column);
    }
    return row.get(column);
  }

  private static String line(CSVRecord row) {
    return "row " + row.getRecordNumber() + ": ";
  }
}
