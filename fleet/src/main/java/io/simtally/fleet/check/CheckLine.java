package io.simtally.fleet.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The result of one step of a check.
 *
 * @param provider the service, for example {@code mason-usage}
 * @param step {@code variables}, {@code name}, {@code connection}, {@code clock}, {@code login},
 *     {@code call} or {@code page}
 * @param outcome whether the step succeeded
 * @param text the result in one plain line
 * @param advice what the user can do, empty if nothing is needed
 * @param facts the result for programs, by name: numbers, and words that identify no customer
 */
public record CheckLine(
    String provider,
    String step,
    Outcome outcome,
    String text,
    String advice,
    Map<String, Object> facts) {

  /** Whether a step succeeded. */
  public enum Outcome {
    /** The step succeeded. */
    GOOD("ok"),
    /** The step found something worth knowing that needs no repair. */
    NOTE("note"),
    /** The step found something to repair. */
    FAILED("FAILED"),
    /** The step was not run. */
    SKIPPED("-");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }
  }

  /** Copies the facts and keeps their order. */
  public CheckLine {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  static CheckLine good(String step, String text) {
    return new CheckLine("", step, Outcome.GOOD, text, "", Map.of());
  }

  static CheckLine note(String step, String text) {
    return new CheckLine("", step, Outcome.NOTE, text, "", Map.of());
  }

  static CheckLine skipped(String step, String text) {
    // The reason does not identify a customer.
    return new CheckLine("", step, Outcome.SKIPPED, text, "", Map.of("why", text));
  }

  static CheckLine failed(String step, String text, String advice) {
    return new CheckLine("", step, Outcome.FAILED, text, advice, Map.of());
  }

  CheckLine with(Map<String, Object> facts) {
    return new CheckLine(provider, step, outcome, text, advice, facts);
  }

  /** Returns the line with its words changed. */
  CheckLine with(UnaryOperator<String> words) {
    return new CheckLine(provider, step, outcome, words.apply(text), words.apply(advice), facts);
  }

  CheckLine of(String provider) {
    return new CheckLine(provider, step, outcome, text, advice, facts);
  }

  /** {@return one plain line, and a second one with the advice if there is any} */
  @Override
  public String toString() {
    var line = "%-23s %-6s %-10s %s".formatted(provider, outcome.word, step, text);
    return advice.isEmpty()
        ? line
        : line + System.lineSeparator() + " ".repeat(31) + "-> " + advice;
  }
}
