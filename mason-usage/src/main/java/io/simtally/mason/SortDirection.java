package io.simtally.mason;

/** Which end of an ordered answer comes first. */
public enum SortDirection {
  /** The least usage first. */
  ASCENDING("asc"),
  /** The most usage first. */
  DESCENDING("desc");

  private final String word;

  SortDirection(String word) {
    this.word = word;
  }

  /** Mason's word, as its {@code orderBy} takes it. */
  String word() {
    return word;
  }
}
