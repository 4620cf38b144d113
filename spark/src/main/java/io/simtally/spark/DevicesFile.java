package io.simtally.spark;

import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A list of devices as the command takes it: CSV with {@code carrier,kind,id} and perhaps {@code
 * account}, wherever Hadoop can read a file. Read once, by the driver, and checked in all its
 * lines, those of other carriers too.
 */
final class DevicesFile {
  static final List<String> COLUMNS = List.of("carrier", "kind", "id", "account");

  /** What a spreadsheet makes of an identifier of many digits. */
  private static final Pattern SPOILED = Pattern.compile("[0-9][.,]?[0-9]*[eE]\\+?[0-9]+");

  private final Map<String, Carrier> known = new HashMap<>();

  private DevicesFile(List<Carrier> carriers) {
    carriers.forEach(carrier -> known.put(carrier.provider(), carrier));
  }

  /**
   * The devices of a carrier, each once, in the order of the file.
   *
   * @param size how many devices are in one list at most
   * @throws IllegalArgumentException if the file cannot be read or is not of that form; the message
   *     names the file and the line
   */
  static List<DeviceList> read(
      String file, String provider, int size, List<Carrier> carriers, Configuration hadoop) {
    var path = new Path(file);
    try (var stream = path.getFileSystem(hadoop).open(path);
        var text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        var rows = parser(text)) {
      return new DevicesFile(carriers).lists(rows, provider, size);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the devices file " + file + " (" + e.getClass().getSimpleName() + ")", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("devices file " + file + ", " + e.getMessage(), e);
    }
  }

  private List<DeviceList> lists(CSVParser rows, String provider, int size) {
    var columns = rows.getHeaderNames();
    if (!columns.equals(COLUMNS) && !columns.equals(COLUMNS.subList(0, 3))) {
      throw new IllegalArgumentException(
          "the first line must be carrier,kind,id or carrier,kind,id,account");
    }
    List<DeviceList> lists = new ArrayList<>();
    List<Device> devices = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    var all = rows.iterator();
    for (var row = next(all, rows); row != null; row = next(all, rows)) {
      var device = checked(row, "line " + rows.getCurrentLineNumber() + ": ");
      if (row.get("carrier").equals(provider) && seen.add(device.subject())) {
        devices.add(device);
        if (devices.size() == size) {
          lists.add(DeviceList.of(devices));
          devices.clear();
        }
      }
    }
    if (!devices.isEmpty()) {
      lists.add(DeviceList.of(devices));
    }
    return lists;
  }

  private static @Nullable CSVRecord next(Iterator<CSVRecord> rows, CSVParser parser) {
    try {
      return rows.hasNext() ? rows.next() : null;
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(
          "line " + parser.getCurrentLineNumber() + ": it is not CSV", e);
    }
  }

  private Device checked(CSVRecord row, String start) {
    var provider = cell(row, "carrier", start);
    var carrier = known.get(provider);
    if (carrier == null) {
      throw new IllegalArgumentException(
          start
              + "unknown carrier '"
              + provider
              + "', known are "
              + String.join(", ", known.keySet().stream().sorted().toList()));
    }
    // Carriers compare kinds ignoring case, so IMEI and imei are one device.
    var kind = cell(row, "kind", start).toLowerCase(Locale.ROOT);
    var id = cell(row, "id", start);
    if (SPOILED.matcher(id).matches()) {
      throw new IllegalArgumentException(
          start + "a spreadsheet has spoiled the id " + id + ": format its column as text");
    }
    var account = row.isSet("account") && !row.get("account").isEmpty() ? row.get("account") : null;
    try {
      var device = new Device(kind, id, account);
      carrier.check(device);
      return device;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(start + e.getMessage(), e);
    }
  }

  private static String cell(CSVRecord row, String column, String start) {
    if (!row.isSet(column) || row.get(column).isEmpty()) {
      throw new IllegalArgumentException(start + "no " + column);
    }
    return row.get(column);
  }

  private static CSVParser parser(BufferedReader text) throws IOException {
    // Spreadsheets put a byte order mark before the first column's name.
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
    return CSVFormat.DEFAULT
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .setIgnoreEmptyLines(true)
        .setTrim(true)
        .get()
        .parse(text);
  }
}
