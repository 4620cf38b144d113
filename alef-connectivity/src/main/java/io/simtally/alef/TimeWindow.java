package io.simtally.alef;

import io.simtally.core.internal.Preconditions;

/**
 * A period before now that Alef names by a word. The constants are those that Alef documents;
 * {@link #of} accepts any other.
 *
 * @param word the window as Alef writes it, for example {@code LAST HOUR}
 */
public record TimeWindow(String word) {
  /** The last five minutes, answered by a {@link SnapshotReport}. */
  public static final TimeWindow NOW = of("NOW");

  /** The last hour. */
  public static final TimeWindow LAST_HOUR = of("LAST HOUR");

  /** The last day. */
  public static final TimeWindow LAST_DAY = of("LAST DAY");

  /** The last week. */
  public static final TimeWindow LAST_WEEK = of("LAST WEEK");

  /** The last month. */
  public static final TimeWindow LAST_MONTH = of("LAST MONTH");

  /** Refuses null, blank text and line breaks. */
  public TimeWindow {
    Preconditions.text("window", word);
  }

  /**
   * {@return the window that Alef calls {@code word}}
   *
   * @param word the window as Alef writes it, for example {@code LAST HOUR}
   */
  public static TimeWindow of(String word) {
    return new TimeWindow(word);
  }

  /** The word itself. */
  @Override
  public String toString() {
    return word;
  }
}
