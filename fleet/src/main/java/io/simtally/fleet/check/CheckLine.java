package io.simtally.fleet.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one step of a check has found.
 *
 * @param provider which service, for example {@code mason-usage}
 * @param step {@code variables}, {@code name}, {@code connection}, {@code clock}, {@code login},
 *     {@code call} or {@code page}
 * @param outcome whether it is well
 * @param text what was found, in one plain line
 * @param advice what to do, empty if there is nothing to do
 * @param facts the same for programs, by name: numbers, and words that name no customer
 */
public record CheckLine(
    String provider,
    String step,
    Outcome outcome,
    String text,
    String advice,
    Map<String, Object> facts) {

  /** Whether a step is well. */
  public enum Outcome {
    /** As it should be. */
    GOOD("ok"),
    /** Worth knowing, and nothing to repair. */
    NOTE("note"),
    /** To be repaired. */
    FAILED("FAILED"),
    /** Not asked. */
    SKIPPED("-");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }
  }

  /** Keeps a copy of the facts, in their order. */
  public CheckLine {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  static CheckLine good(String provider, String step, String text) {
    return new CheckLine(provider, step, Outcome.GOOD, text, "", Map.of());
  }

  static CheckLine note(String provider, String step, String text) {
    return new CheckLine(provider, step, Outcome.NOTE, text, "", Map.of());
  }

  static CheckLine skipped(String provider, String step, String text) {
    // Why it is left out says nothing of a customer.
    return new CheckLine(provider, step, Outcome.SKIPPED, text, "", Map.of("why", text));
  }

  static CheckLine failed(String provider, String step, String text, String advice) {
    return new CheckLine(provider, step, Outcome.FAILED, text, advice, Map.of());
  }

  CheckLine with(Map<String, Object> more) {
    return new CheckLine(provider, step, outcome, text, advice, more);
  }

  /** {@return one plain line, and a second one where there is something to do} */
  @Override
  public String toString() {
    var line = "%-23s %-6s %-10s %s".formatted(provider, outcome.word, step, text);
    return advice.isEmpty()
        ? line
        : line + System.lineSeparator() + " ".repeat(31) + "-> " + advice;
  }
}
