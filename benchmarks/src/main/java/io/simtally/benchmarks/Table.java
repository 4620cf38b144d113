package io.simtally.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results of a run: the goals, and the numbers of all contestants. */
final class Table {
  private final List<String> goals = new ArrayList<>();
  private final StringBuilder details = new StringBuilder();

  /** Adds a number that should be at least {@code goal}. */
  void atLeast(String what, double goal, Spread measured) {
    row(what, "≥ " + Spread.number(goal), measured, rounded(measured) / goal - 1);
  }

  /** Adds a number that should be at most {@code goal}. */
  void atMost(String what, double goal, Spread measured) {
    row(what, "≤ " + Spread.number(goal), measured, 1 - rounded(measured) / goal);
  }

  /** Returns the number with its printed precision. */
  private static double rounded(Spread measured) {
    return Math.round(measured.median() * 100) / 100.0;
  }

  /** Adds a count that must be exact. */
  void exactly(String what, long goal, long measured) {
    goals.add(
        "| %s | %d | %d | %s |"
            .formatted(what, goal, measured, measured == goal ? "met" : "missed"));
  }

  private void row(String what, String goal, Spread measured, double margin) {
    var verdict =
        margin >= 0 ? "met" : String.format(Locale.ROOT, "missed by %.1f %%", -100 * margin);
    goals.add("| %s | %s | %s | %s |".formatted(what, goal, measured, verdict));
  }

  /** Starts a table of contestants. */
  void detail(String title, String... columns) {
    details.append("\n").append(title).append("\n\n| ").append(String.join(" | ", columns));
    details.append(" |\n|").append("---|".repeat(columns.length)).append("\n");
  }

  void detailRow(Object... cells) {
    details.append("|");
    for (var cell : cells) {
      details.append(' ').append(cell instanceof Double d ? Spread.number(d) : cell).append(" |");
    }
    details.append("\n");
  }

  @Override
  public String toString() {
    return "| what | goal | measured: median [quartiles] | |\n|---|---|---|---|\n"
        + String.join("\n", goals)
        + "\n"
        + details;
  }
}
