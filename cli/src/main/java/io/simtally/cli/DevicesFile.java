package io.simtally.cli;

import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The devices that the user listed. The file is read anew for each carrier, so that a list of any
 * length takes no memory.
 */
final class DevicesFile implements ListedDevices {
  private static final String ACCOUNT = "account";
  private static final List<String> COLUMNS = List.of("carrier", "kind", "id");
  private static final List<String> ALL_COLUMNS = List.of("carrier", "kind", "id", ACCOUNT);

  /** What a spreadsheet makes of an identifier of many digits. */
  private static final Pattern SPOILED = Pattern.compile("[0-9][.,]?[0-9]*[eE]\\+?[0-9]+");

  private final Path file;
  private final Set<String> providers;

  private DevicesFile(Path file, Set<String> providers) {
    this.file = file;
    this.providers = Set.copyOf(providers);
  }

  /**
   * Reads a CSV file with the columns {@code carrier,kind,id} and perhaps {@code account} once from
   * its beginning to its end.
   *
   * @param carriers those that the file may name, each of which checks its own devices
   * @throws IllegalArgumentException if the file is not of that form; the message names the line
   */
  static DevicesFile checked(Path file, List<Carrier> carriers) throws IOException {
    Map<String, Carrier> known = new HashMap<>();
    carriers.forEach(carrier -> known.put(carrier.provider(), carrier));
    Set<String> providers = new HashSet<>();
    try (CSVParser rows = open(file)) {
      List<String> columns = rows.getHeaderNames();
      if (!columns.equals(COLUMNS) && !columns.equals(ALL_COLUMNS)) {
        throw new IllegalArgumentException(
            "the first line must be carrier,kind,id or carrier,kind,id,account");
      }
      Iterator<CSVRecord> all = rows.iterator();
      for (CSVRecord row = next(all, rows); row != null; row = next(all, rows)) {
        providers.add(check(row, rows.getCurrentLineNumber(), known));
      }
    }
    return new DevicesFile(file, providers);
  }

  private static @Nullable CSVRecord next(Iterator<CSVRecord> rows, CSVParser parser) {
    try {
      return rows.hasNext() ? rows.next() : null;
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(
          "line " + parser.getCurrentLineNumber() + ": it is not CSV", e);
    }
  }

  @Override
  public boolean has(String provider) {
    return providers.contains(provider);
  }

  @Override
  public Iterable<Device> of(String provider) {
    return has(provider) ? () -> new Rows(file, provider) : List.of();
  }

  private static String check(CSVRecord row, long line, Map<String, Carrier> known) {
    String start = "line " + line + ": ";
    String provider = cell(row, "carrier", start);
    Carrier carrier = known.get(provider);
    if (carrier == null) {
      throw new IllegalArgumentException(
          start
              + "unknown carrier '"
              + provider
              + "', known are "
              + String.join(", ", known.keySet().stream().sorted().toList()));
    }
    cell(row, "kind", start);
    String id = cell(row, "id", start);
    if (SPOILED.matcher(id).matches()) {
      throw new IllegalArgumentException(
          start + "a spreadsheet has spoiled the id " + id + ": format its column as text");
    }
    try {
      carrier.check(device(row));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(start + e.getMessage(), e);
    }
    return provider;
  }

  private static Device device(CSVRecord row) {
    // Carriers compare kinds ignoring case, so IMEI and imei are one device.
    return new Device(row.get("kind").toLowerCase(Locale.ROOT), row.get("id"), account(row));
  }

  private static @Nullable String account(CSVRecord row) {
    return row.isSet(ACCOUNT) && !row.get(ACCOUNT).isEmpty() ? row.get(ACCOUNT) : null;
  }

  private static String cell(CSVRecord row, String column, String start) {
    if (!row.isSet(column) || row.get(column).isEmpty()) {
      throw new IllegalArgumentException(start + "no " + column);
    }
    return row.get(column);
  }

  private static CSVParser open(Path file) throws IOException {
    BufferedReader text = Files.newBufferedReader(file);
    // Spreadsheets put a byte order mark before the first column's name.
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
    Reader rows = text;
    return CSVFormat.DEFAULT
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .setIgnoreEmptyLines(true)
        .setTrim(true)
        .get()
        .parse(rows);
  }

  /** The devices of one carrier, as they stand in the file. */
  private static final class Rows implements Iterator<Device> {
    private final CSVParser parser;
    private final Iterator<CSVRecord> rows;
    private final String provider;
    private @Nullable Device upcoming;

    Rows(Path file, String provider) {
      try {
        this.parser = open(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      this.rows = parser.iterator();
      this.provider = provider;
    }

    @Override
    public boolean hasNext() {
      while (upcoming == null && rows.hasNext()) {
        CSVRecord row = rows.next();
        if (row.get("carrier").equals(provider)) {
          upcoming = device(row);
        }
      }
      if (upcoming == null) {
        close();
      }
      return upcoming != null;
    }

    @Override
    public Device next() {
      if (!hasNext() || upcoming == null) {
        throw new NoSuchElementException("no more devices of " + provider);
      }
      Device next = upcoming;
      upcoming = null;
      return next;
    }

    private void close() {
      try {
        parser.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
