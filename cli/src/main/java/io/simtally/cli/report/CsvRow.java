package io.simtally.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a CSV file by RFC 4180. A cell is quoted if it must be.
 *
 * <p>Text that a spreadsheet would execute as a formula gets an apostrophe in front. Digits that it
 * would round become a formula that returns them as text.
 */
final class CsvRow {
  private static final String FORMULA_STARTS = "=+-@\t\r";
  private static final int BUFFER = 1 << 16;

  /** More digits than these are rounded by a spreadsheet. */
  private static final int MOST_DIGITS = 11;

  private final FileChannel out;
  private final StringBuilder text = new StringBuilder(BUFFER + (BUFFER >> 4));
  private boolean isFirst = true;

  CsvRow(FileChannel out) {
    this.out = out;
  }

  /** Adds a name that is not for people: digits and dates. */
  CsvRow add(@Nullable Object value) {
    return cells(value == null ? "" : quote(value.toString()));
  }

  CsvRow add(@Nullable Long value) {
    separate();
    if (value != null) {
      text.append(value.longValue());
    }
    return this;
  }

  CsvRow add(boolean value) {
    return cells(value ? "true" : "false");
  }

  /** Adds a text in the form that a spreadsheet keeps. */
  CsvRow text(@Nullable String value) {
    return cells(value == null ? "" : cell(value));
  }

  /** Adds one or more cells as they are in the file. */
  CsvRow cells(String cells) {
    separate();
    text.append(cells);
    return this;
  }

  /** Returns the cell of a text, in the form that a spreadsheet keeps. */
  static String cell(String text) {
    return quote(harmless(text));
  }

  private static String quote(String value) {
    return isPlain(value) ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      var each = value.charAt(i);
      if (each == '"' || each == ',' || each < ' ') {
        return false;
      }
    }
    return value.isEmpty() || (value.charAt(0) > '#' && value.charAt(value.length() - 1) > ' ');
  }

  private void separate() {
    if (!isFirst) {
      text.append(',');
    }
    isFirst = false;
  }

  void end() throws IOException {
    text.append("\r\n");
    isFirst = true;
    if (text.length() >= BUFFER) {
      flush();
    }
  }

  void flush() throws IOException {
    var bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
    text.setLength(0);
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static String harmless(String value) {
    if (value.isEmpty()) {
      return value;
    }
    if (isRounded(value)) {
      return "=\"" + value + "\"";
    }
    return FORMULA_STARTS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }

  private static boolean isRounded(String value) {
    var isLong = value.length() > MOST_DIGITS || (value.length() > 1 && value.charAt(0) == '0');
    return isLong && value.chars().allMatch(each -> each >= '0' && each <= '9');
  }
}
