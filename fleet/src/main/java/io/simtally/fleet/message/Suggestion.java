package io.simtally.fleet.message;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The end of a message about an unknown word. */
public final class Suggestion {
  private static final int MOST_EDITS = 2;

  private Suggestion() {}

  /** Returns a question about the known word that is close to another, or all known words. */
  public static String of(String word, Collection<String> known) {
    return nearest(word, known)
        .map(Suggestion::question)
        .orElse(known.isEmpty() ? "; there is none" : "; known are " + String.join(", ", known));
  }

  /** Returns a question about a word. */
  public static String question(String nearest) {
    return "; did you mean `" + nearest + "`?";
  }

  /** Returns the known word that differs from another by at most two letters. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(each -> edits(word, each)))
        .filter(each -> edits(word, each) <= MOST_EDITS);
  }

  /** Returns how many letters to insert, delete or replace. */
  private static int edits(String one, String other) {
    var row = new int[other.length() + 1];
    for (var j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (var i = 1; i <= one.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j < row.length; j++) {
        var replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
