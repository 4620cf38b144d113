package io.simtally.core.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The checks that every setting passes before it is kept; the message names the setting. */
public final class Preconditions {
  private static final Duration LONGEST = Duration.ofDays(36_525);

  private Preconditions() {}

  /**
   * Checks that a setting is there.
   *
   * @param <T> what the setting is
   * @param setting its name, for the message
   * @param value what the caller gave
   * @return {@code value}, not null
   * @throws IllegalArgumentException if it is null
   */
  public static <T> T present(String setting, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(setting + " is null");
    }
    return value;
  }

  /**
   * Checks that a setting is a text of one line.
   *
   * @param setting its name, for the message
   * @param value what the caller gave
   * @return {@code value}, as it is
   * @throws IllegalArgumentException if it is null, blank, or holds a line break or another control
   *     character
   */
  public static String text(String setting, @Nullable String value) {
    var text = present(setting, value);
    if (text.isBlank()) {
      throw new IllegalArgumentException(setting + " is blank");
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw new IllegalArgumentException(
            setting + " holds a line break or control character at index " + i);
      }
    }
    return text;
  }

  /**
   * Checks that a setting can stand in an HTTP header.
   *
   * @param setting its name, for the message
   * @param value what the caller gave
   * @return {@code value}, as it is
   * @throws IllegalArgumentException if {@link #text} refuses it, or it is not printable ASCII
   */
  public static String headerText(String setting, @Nullable String value) {
    var text = text(setting, value);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        throw new IllegalArgumentException(setting + " holds a non-ASCII character at index " + i);
      }
    }
    return text;
  }

  /**
   * Checks that a time span is positive.
   *
   * @param setting its name, for the message
   * @param value what the caller gave
   * @return {@code value}, or a hundred years if it is longer: a clock of nanoseconds ends soon
   *     after
   * @throws IllegalArgumentException if it is null, zero or negative
   */
  public static Duration positive(String setting, @Nullable Duration value) {
    var duration = present(setting, value);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(setting + " is not positive: " + duration);
    }
    return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
  }

  /**
   * Checks that a number is positive.
   *
   * @param setting its name, for the message
   * @param value what the caller gave
   * @return {@code value}, at least 1
   * @throws IllegalArgumentException if it is zero or negative
   */
  public static long positive(String setting, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(setting + " is not positive: " + value);
    }
    return value;
  }
}
