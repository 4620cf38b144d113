package io.simtally.fleet;

import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A list of devices from a CSV file with a header, in UTF-8. The columns may stand in any order;
 * columns with other names are ignored, and so are rows whose cells are all empty.
 *
 * <table>
 *   <caption>Columns</caption>
 *   <tr><td>{@code provider}, or {@code carrier}</td><td>required</td></tr>
 *   <tr><td>{@code kind}</td><td>required: {@code eid}, {@code esn}, {@code eui}, {@code iccid},
 *       {@code imei}, {@code imsi}, {@code mdn}, {@code meid} or {@code msisdn}</td></tr>
 *   <tr><td>{@code id}</td><td>required; {@code ="…"} marks it as text</td></tr>
 *   <tr><td>{@code account_number}, or {@code account}</td><td>the ThingSpace account of a
 *       Hyper-Precise device</td></tr>
 *   <tr><td>{@code label}, {@code device_group}</td><td>a name and a group for people,
 *       which the store keeps</td></tr>
 * </table>
 *
 * <p>A device is its kind and its id. One that is listed twice for a provider is refused, in
 * another spelling as well: a MEID in lower case, an ICCID without its check digit. Whether an IMEI
 * and an ICCID are of one device cannot be seen.
 *
 * <p>The file is read once from the beginning to the end, so a pipe will do. The devices are kept
 * in some 30 bytes each. Immutable.
 */
public final class DevicesFile implements ListedDevices {
  private static final int LONGEST_TEXT = 64;

  private final Map<String, PackedDevices> devices;

  private DevicesFile(Map<String, PackedDevices> devices) {
    this.devices = devices;
  }

  /**
   * Reads a file that may list devices of all known providers.
   *
   * @param file the file, or a pipe
   * @return its devices
   * @throws IllegalArgumentException if the content is refused; the message names file and line
   * @throws IOException if the file cannot be read; an {@link InterruptedIOException} if the thread
   *     is interrupted, whose flag is kept
   */
  public static DevicesFile read(Path file) throws IOException {
    return read(file, Carriers.of(Map.of()));
  }

  /**
   * Reads a file that may list devices of some carriers.
   *
   * @param file the file, or a pipe
   * @param carriers each checks its own devices
   * @return its devices
   * @throws IllegalArgumentException if the content is refused; the message names file and line
   * @throws IOException if the file cannot be read; an {@link InterruptedIOException} if the thread
   *     is interrupted, whose flag is kept
   */
  public static DevicesFile read(Path file, List<? extends Carrier> carriers) throws IOException {
    Preconditions.present("file", file);
    var name = file.toString();
    try {
      return interruptibly(
          () -> {
            try (var in = Files.newInputStream(file)) {
              return read(name, in, carriers);
            }
          });
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(name, null, "no such file");
    } catch (AccessDeniedException e) {
      throw new AccessDeniedException(name, null, "permission denied");
    } catch (IOException e) {
      if (Files.isDirectory(file)) {
        throw new FileSystemException(name, null, "is a directory");
      }
      throw e;
    }
  }

  /**
   * Reads a list from a stream, which stays open.
   *
   * @param name of the list in messages
   * @param in the CSV text
   * @param carriers each checks its own devices
   * @return its devices
   * @throws IllegalArgumentException if the content is refused; the message names list and line
   * @throws IOException if the stream cannot be read
   */
  public static DevicesFile read(String name, InputStream in, List<? extends Carrier> carriers)
      throws IOException {
    Preconditions.present("name", name);
    Preconditions.present("carriers", carriers);
    var rows = new CsvReader(Preconditions.present("in", in));
    try {
      return new DevicesFile(new Reading(rows, carriers).devices());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " line " + rows.line() + ": " + e.getMessage(), e);
    }
  }

  private interface Reader {
    DevicesFile read() throws IOException;
  }

  /** Opening a pipe waits for its writer, and no interrupt reaches a thread that opens. */
  private static DevicesFile interruptibly(Reader reader) throws IOException {
    var task = new FutureTask<>(reader::read);
    var thread = new Thread(task, "simtally-devices-file");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the devices file was read");
    } catch (ExecutionException e) {
      var cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) cause;
    }
  }

  @Override
  public boolean has(String provider) {
    return devices.containsKey(provider);
  }

  /** {@return the devices of one provider, in the order of the file} */
  @Override
  public Iterable<Device> of(String provider) {
    var listed = devices.get(provider);
    return listed == null ? List.of() : listed;
  }

  /** {@return how many devices are listed, of all providers} */
  public int size() {
    return devices.values().stream().mapToInt(PackedDevices::size).sum();
  }

  /** {@return the number of devices; none of their identifiers} */
  @Override
  public String toString() {
    return "DevicesFile[" + size() + " devices]";
  }

  /** Turns rows into devices. */
  private static final class Reading {
    private final CsvReader rows;
    private final Map<String, Carrier> carriers = new HashMap<>();
    private final Map<String, PackedDevices> devices = new HashMap<>();
    private final Columns columns;

    Reading(CsvReader rows, List<? extends Carrier> carriers) throws IOException {
      this.rows = rows;
      carriers.forEach(carrier -> this.carriers.put(carrier.provider(), carrier));
      var header = next();
      if (header == null) {
        throw new IllegalArgumentException(
            "the file is empty; the first line names the columns provider, kind, id");
      }
      this.columns = Columns.of(header);
    }

    Map<String, PackedDevices> devices() throws IOException {
      for (var row = next(); row != null; row = next()) {
        add(row);
      }
      devices.values().forEach(PackedDevices::complete);
      return Map.copyOf(devices);
    }

    /** Skips empty lines, and rows that a spreadsheet writes as {@code ,,,}. */
    private @Nullable List<String> next() throws IOException {
      var row = rows.row();
      while (row != null && row.stream().allMatch(String::isEmpty)) {
        row = rows.row();
      }
      return row;
    }

    private void add(List<String> row) {
      columns.checkLength(row);
      var provider = columns.required(Column.PROVIDER, row);
      var carrier = carriers.get(provider);
      if (carrier == null) {
        throw new IllegalArgumentException(
            "unknown provider `"
                + provider
                + "`, known are "
                + String.join(", ", carriers.keySet().stream().sorted().toList()));
      }
      var kindText = columns.required(Column.KIND, row);
      var kind =
          DeviceKind.of(kindText)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "unknown kind `" + kindText + "`, known are " + DeviceKind.known()));
      var cell = columns.required(Column.ID, row);
      var text = unmarked(cell);
      if (text.length() > LONGEST_TEXT) {
        throw new IllegalArgumentException("an id of " + text.length() + " characters");
      }
      if (text.equals(Device.ACCOUNT.id())) {
        // A device would refuse it with words that are not about the file.
        kind.check(text, isText(cell));
      }
      var id = kind.normalized(text);
      var account = unmarked(columns.checkText(Column.ACCOUNT_NUMBER, row));
      var device =
          new Device(
              kind.text(),
              id,
              account.isEmpty() ? null : account,
              forPeople(Column.LABEL, row),
              forPeople(Column.DEVICE_GROUP, row));
      carrier.check(device);
      kind.check(text, isText(cell));
      var line =
          devices
              .computeIfAbsent(provider, each -> new PackedDevices())
              .add(kind, id, device, rows.line());
      if (line > 0) {
        throw new IllegalArgumentException(
            device + " of " + provider + " is already listed on line " + line);
      }
    }

    private @Nullable String forPeople(Column column, List<String> row) {
      var text = columns.checkText(column, row);
      if (isText(text)) {
        return unmarked(text);
      }
      // Reports write an apostrophe before a text that a spreadsheet would compute.
      var plain = text.matches("'[=+@-].*") ? text.substring(1) : text;
      return plain.isEmpty() ? null : plain;
    }

    /** Reports write long identifiers as {@code ="…"}, and {@code '} before a plus sign. */
    private static String unmarked(String cell) {
      if (isText(cell)) {
        return cell.substring(2, cell.length() - 1).strip();
      }
      return cell.startsWith("'") ? cell.substring(1).strip() : cell;
    }

    private static boolean isText(String cell) {
      return cell.length() > 2 && cell.startsWith("=\"") && cell.endsWith("\"");
    }
  }

  /** The columns that are read, each with its names in a header. */
  private enum Column {
    PROVIDER("carrier"),
    KIND("kind"),
    ID("id"),
    ACCOUNT_NUMBER("account"),
    LABEL("label"),
    DEVICE_GROUP("device_group");

    private final String otherName;

    Column(String otherName) {
      this.otherName = otherName;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isNamed(String header) {
      return header.equalsIgnoreCase(text()) || header.equalsIgnoreCase(otherName);
    }
  }

  /** The positions of the columns in each row. */
  private record Columns(Map<Column, Integer> places, int count) {
    static Columns of(List<String> header) {
      var places = new HashMap<Column, Integer>();
      for (var column : Column.values()) {
        for (var i = 0; i < header.size(); i++) {
          if (column.isNamed(header.get(i)) && places.put(column, i) != null) {
            throw new IllegalArgumentException("two columns of the " + column.text());
          }
        }
      }
      for (var column : List.of(Column.PROVIDER, Column.KIND, Column.ID)) {
        if (!places.containsKey(column)) {
          throw new IllegalArgumentException(
              "the column " + column.text() + " is missing" + hint(header));
        }
      }
      return new Columns(places, header.size());
    }

    private static String hint(List<String> header) {
      var text = String.join(",", header);
      if (text.contains(";")) {
        return "; are the columns separated by semicolons? They must be separated by commas";
      }
      if (text.contains("\t")) {
        return "; are the columns separated by tabs? They must be separated by commas";
      }
      return "; the first line names the columns provider, kind, id, and perhaps account_number";
    }

    /** Cells behind the last column may belong to any column, if they are not empty. */
    void checkLength(List<String> row) {
      for (var i = count; i < row.size(); i++) {
        if (!row.get(i).isEmpty()) {
          throw new IllegalArgumentException(
              row.size() + " cells, but the first line names " + count + " columns");
        }
      }
    }

    String required(Column column, List<String> row) {
      var cell = cell(column, row);
      if (cell.isEmpty()) {
        throw new IllegalArgumentException("no " + column.text());
      }
      return cell;
    }

    String checkText(Column column, List<String> row) {
      var cell = cell(column, row);
      if (cell.length() > LONGEST_TEXT) {
        throw new IllegalArgumentException(
            "a " + column.text() + " of " + cell.length() + " characters");
      }
      if (cell.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("a line break or control character in " + column.text());
      }
      return cell;
    }

    private String cell(Column column, List<String> row) {
      var place = places.get(column);
      return place == null || place >= row.size() ? "" : row.get(place);
    }
  }
}
