package io.simtally.alef;

import io.simtally.core.internal.Preconditions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the stretches are that a series has one point for. The constants are what Alef
 * documents; {@link #of} takes whatever it adds. Alef's samples show stretches that begin on the
 * full hour or day of UTC, whatever the offset they are printed in.
 *
 * @param word the granularity as Alef writes it, for example {@code HOUR}
 */
public record Granularity(String word) {
  /** One point per hour. */
  public static final Granularity HOUR = of("HOUR");

  /** One point per day. */
  public static final Granularity DAY = of("DAY");

  /** Refuses null, blank text and such with line breaks. */
  public Granularity {
    Preconditions.text("granularity", word);
  }

  /**
   * {@return the granularity that Alef calls {@code word}}
   *
   * @param word the granularity as Alef writes it, for example {@code HOUR}
   * @throws IllegalArgumentException if it is null, blank or holds a line break
   */
  public static Granularity of(String word) {
    return new Granularity(word);
  }

  /** How long a stretch is, or null if the word does not tell us. */
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
