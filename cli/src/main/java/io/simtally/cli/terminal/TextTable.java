package io.simtally.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for a terminal. The first column is left-aligned, the others are right-aligned. In a
 * terminal that is too narrow for it, each column is as narrow as its cells.
 */
public final class TextTable {
  private static final String INDENTATION = "  ";
  private static final String CUT = "...";
  private static final int SHORTEST_NAME = 12;

  private record Row(List<String> cells) {
    /** A line has no columns. */
    boolean isLine() {
      return cells.size() == 1;
    }
  }

  private final boolean mayCutNames;
  private final int[] widths;
  private final List<Row> rows = new ArrayList<>();

  private TextTable(boolean mayCutNames, int[] widths) {
    this.mayCutNames = mayCutNames;
    this.widths = widths.clone();
  }

  /**
   * Creates an empty table whose first column has names, which are cut in a narrow terminal.
   *
   * @param widths the width of each column where the terminal has the space
   */
  public static TextTable ofNames(int... widths) {
    return new TextTable(true, widths);
  }

  /**
   * Creates an empty table whose first column has the ids of devices, which are never cut.
   *
   * @param widths the width of each column where the terminal has the space
   */
  public static TextTable ofDevices(int... widths) {
    return new TextTable(false, widths);
  }

  /** Adds a row with a cell for each column. */
  public void add(String... cells) {
    if (cells.length != widths.length) {
      throw new IllegalArgumentException(cells.length + " cells for " + widths.length + " columns");
    }
    rows.add(new Row(List.of(cells)));
  }

  /** Adds a line that is no row and has no influence on the columns. */
  public void addLine(String line) {
    rows.add(new Row(List.of(line)));
  }

  /**
   * Returns the lines of the table.
   *
   * @param columns the width of the terminal; only cells that may not be cut exceed it
   */
  public List<String> lines(int columns) {
    var narrow = new int[widths.length];
    for (var row : rows) {
      for (int i = 0; i < narrow.length && !row.isLine(); i++) {
        narrow[i] = Math.max(narrow[i], row.cells().get(i).length());
      }
    }
    var wide = widths.clone();
    wide[0] = Math.max(wide[0], narrow[0]);
    if (excess(columns, wide, 1) == 0) {
      return lines(wide, 1);
    }
    var gap = excess(columns, narrow, 2) == 0 ? 2 : 1;
    if (mayCutNames && narrow[0] > SHORTEST_NAME) {
      narrow[0] = Math.max(SHORTEST_NAME, narrow[0] - excess(columns, narrow, gap));
    }
    return lines(narrow, gap);
  }

  /** Returns by how much the longest row exceeds the terminal. */
  private int excess(int columns, int[] columnWidths, int gap) {
    return rows.stream()
        .filter(row -> !row.isLine())
        .mapToInt(row -> Math.max(0, line(row, columnWidths, gap).length() - columns))
        .max()
        .orElse(0);
  }

  private List<String> lines(int[] columnWidths, int gap) {
    return rows.stream()
        .map(row -> row.isLine() ? row.cells().get(0) : line(row, columnWidths, gap))
        .toList();
  }

  private String line(Row row, int[] columnWidths, int gap) {
    var line = new StringBuilder(INDENTATION);
    for (int i = 0; i < columnWidths.length; i++) {
      var cell = row.cells().get(i);
      var padding = " ".repeat(Math.max(0, columnWidths[i] - cell.length()));
      line.append(
          i == 0 ? name(cell, columnWidths[0]) + padding : " ".repeat(gap) + padding + cell);
    }
    return line.toString().stripTrailing();
  }

  private String name(String name, int width) {
    return mayCutNames && name.length() > width
        ? name.substring(0, width - CUT.length()) + CUT
        : name;
  }
}
