package io.simtally.fleet.account;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The end of a message about an unknown word. */
final class Suggestion {
  private static final int MOST_EDITS = 2;

  private Suggestion() {}

  /** Returns the known word that is close to another, or all known words. */
  static String of(String word, Collection<String> known) {
    @Nullable String nearest =
        known.stream().min(Comparator.comparingInt(each -> edits(word, each))).orElse(null);
    if (nearest == null) {
      return "; there is none";
    }
    return edits(word, nearest) <= MOST_EDITS
        ? "; did you mean `" + nearest + "`?"
        : "; known are " + String.join(", ", known);
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
