package io.simtally.cli.report;

import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;
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

  /** More digits than a spreadsheet keeps. */
  static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{12,}|0[0-9]+");

  private final Writer out;
  private final StringBuilder text = new StringBuilder(BUFFER + (BUFFER >> 4));
  private boolean isFirst = true;

  CsvRow(Writer out) {
    this.out = out;
  }

  /** Adds a name that is not for people: digits and dates. */
  CsvRow add(@Nullable Object value) {
    return cell(value == null ? "" : value.toString());
  }

  CsvRow add(long value) {
    separate();
    text.append(value);
    return this;
  }

  /** Adds a text in the form that a spreadsheet keeps. */
  CsvRow text(@Nullable String value) {
    return cell(value == null ? "" : harmless(value));
  }

  /** Adds a cell that {@link #harmless} has made already. */
  CsvRow cell(String value) {
    separate();
    text.append(quoted(value));
    return this;
  }

  /** Returns a text in quotes if it needs them. */
  static String quoted(String value) {
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
    out.append(text).flush();
    text.setLength(0);
  }

  /** Returns a text that no spreadsheet executes or rounds. */
  static String harmless(String value) {
    if (value.isEmpty()) {
      return value;
    }
    if (LONG_NUMBER.matcher(value).matches()) {
      return "=\"" + value + "\"";
    }
    return FORMULA_STARTS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }
}
