package io.simtally.mason;

/** Order of the rows. */
public enum SortDirection {
  /** Lowest usage first. */
  ASCENDING("asc"),
  /** Highest usage first. */
  DESCENDING("desc");

  private final String word;

  SortDirection(String word) {
    this.word = word;
  }

  /** Returns the value of Mason's {@code orderBy}. */
  String word() {
    return word;
  }
}
