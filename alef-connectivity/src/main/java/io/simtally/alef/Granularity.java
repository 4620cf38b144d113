package io.simtally.alef;

import io.simtally.core.internal.Preconditions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The length of time of one point of a series. The constants are those that Alef documents; {@link
 * #of} accepts any other. Alef's samples start on the full hour or day of UTC, at any printed
 * offset.
 *
 * @param word the granularity as Alef writes it, for example {@code HOUR}
 */
public record Granularity(String word) {
  /** One point per hour. */
  public static final Granularity HOUR = of("HOUR");

  /** One point per day. */
  public static final Granularity DAY = of("DAY");

  /** Refuses null, blank text and line breaks. */
  public Granularity {
    Preconditions.text("granularity", word);
  }

  /**
   * {@return the granularity that Alef calls {@code word}}
   *
   * @param word the granularity as Alef writes it, for example {@code HOUR}
   */
  public static Granularity of(String word) {
    return new Granularity(word);
  }

  /** Returns the length, or null for a word other than the constants. */
  @Nullable Duration length() {
    if (equals(HOUR)) {
      return Duration.ofHours(1);
    }
    return equals(DAY) ? Duration.ofDays(1) : null;
  }

  /** The word itself. */
  @Override
  public String toString() {
    return word;
  }
}
