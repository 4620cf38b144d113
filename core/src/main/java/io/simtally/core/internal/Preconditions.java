package io.simtally.core.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of settings. The message of an exception names the setting. */
public final class Preconditions {
  private static final Duration LONGEST = Duration.ofDays(36_525);

  private Preconditions() {}

  /**
   * Checks that a setting is not null.
   *
   * @param <T> the type of the setting
   * @param setting the name of the setting
   * @param value the value
   * @return {@code value}, not null
   * @throws IllegalArgumentException if the value is null
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
   * @param setting the name of the setting
   * @param value the value
   * @return {@code value}
   * @throws IllegalArgumentException if the value is null, blank, or contains a control character
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
   * Checks that a setting is valid in an HTTP header.
   *
   * @param setting the name of the setting
   * @param value the value
   * @return {@code value}
   * @throws IllegalArgumentException if {@link #text} throws, or the value is not printable ASCII
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
   * @param setting the name of the setting
   * @param value the value
   * @return {@code value}, at most a hundred years, which a clock of nanoseconds can count
   * @throws IllegalArgumentException if the value is null, zero or negative
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
   * @param setting the name of the setting
   * @param value the value
   * @return {@code value}, at least 1
   * @throws IllegalArgumentException if the value is zero or negative
   */
  public static long positive(String setting, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(setting + " is not positive: " + value);
    }
    return value;
  }
}
