package io.simtally.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file by RFC 4180, in UTF-8, read once from the beginning to the end.
 *
 * <p>Two forms of spreadsheets are accepted besides: a byte order mark before the first cell, and
 * an unquoted cell {@code ="…"}. Cells are stripped of the white space around them.
 */
final class CsvReader {
  private static final int LONGEST_CELL = 64 * 1024;
  private static final int END = -1;
  private static final int UNREAD = -2;
  private static final int BYTE_ORDER_MARK = 0xEF;

  private final BufferedInputStream in;
  private int pushedBack = UNREAD;
  private int line = 1;
  private int rowLine = 1;
  private boolean isStarted;

  CsvReader(InputStream in) {
    this.in = new BufferedInputStream(in, 64 * 1024);
  }

  /** The number of the line on which the last row began, from 1. */
  int line() {
    return rowLine;
  }

  /**
   * Returns the cells of the next row, or null at the end of the file.
   *
   * @throws IllegalArgumentException if the text is not CSV in UTF-8; {@link #line} is the line
   */
  @Nullable List<String> row() throws IOException {
    if (!isStarted) {
      isStarted = true;
      skipMark();
    }
    rowLine = line;
    var first = read();
    if (first == END) {
      return null;
    }
    pushedBack = first;
    var cells = new ArrayList<String>();
    var isLast = false;
    while (!isLast) {
      isLast = cell(cells);
    }
    return cells;
  }

  /** Reads one cell, and returns whether the row ends with it. */
  private boolean cell(List<String> cells) throws IOException {
    var first = read();
    if (first == '"') {
      return quoted(cells);
    }
    var bytes = new ByteArrayOutputStream();
    for (var next = first; ; next = read()) {
      if (next == ',' || isRowEnd(next)) {
        cells.add(text(bytes));
        return next != ',';
      }
      if (next == '"' && !isFormula(bytes)) {
        throw new IllegalArgumentException("a quotation mark inside an unquoted cell");
      }
      add(bytes, next);
    }
  }

  /** Whether the cell began as {@code ="}, where quotation marks are part of the text. */
  private static boolean isFormula(ByteArrayOutputStream bytes) {
    return bytes.size() > 0 && bytes.toByteArray()[0] == '=';
  }

  private boolean quoted(List<String> cells) throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (true) {
      var next = read();
      if (next == END) {
        throw new IllegalArgumentException("a quoted cell that does not end");
      }
      if (next != '"') {
        add(bytes, next);
        line += next == '\n' ? 1 : 0;
        continue;
      }
      var after = read();
      if (after == '"') {
        add(bytes, after);
        continue;
      }
      while (after == ' ') {
        after = read();
      }
      if (after != ',' && !isRowEnd(after)) {
        throw new IllegalArgumentException("text after the closing quotation mark of a cell");
      }
      cells.add(text(bytes));
      return after != ',';
    }
  }

  private boolean isRowEnd(int next) throws IOException {
    if (next == '\r') {
      var after = read();
      pushedBack = after == '\n' ? UNREAD : after;
    } else if (next != '\n') {
      return next == END;
    }
    line++;
    return true;
  }

  private static void add(ByteArrayOutputStream bytes, int next) {
    if (next == 0) {
      throw new IllegalArgumentException("a zero byte: the file is not text in UTF-8");
    }
    if (bytes.size() == LONGEST_CELL) {
      throw new IllegalArgumentException("a cell of more than " + LONGEST_CELL + " bytes");
    }
    bytes.write(next);
  }

  private static String text(ByteArrayOutputStream bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString().strip();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8: save the file as CSV in UTF-8", e);
    }
  }

  private void skipMark() throws IOException {
    in.mark(4);
    var first = in.read();
    var second = in.read();
    if ((first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF)) {
      throw new IllegalArgumentException("UTF-16, not UTF-8: save the file as CSV in UTF-8");
    }
    if (first == 'P' && second == 'K') {
      throw new IllegalArgumentException("a workbook or zip file: save it as CSV in UTF-8");
    }
    if (first != BYTE_ORDER_MARK || second != 0xBB || in.read() != 0xBF) {
      in.reset();
    }
  }

  private int read() throws IOException {
    if (pushedBack == UNREAD) {
      return in.read();
    }
    var next = pushedBack;
    pushedBack = UNREAD;
    return next;
  }
}
