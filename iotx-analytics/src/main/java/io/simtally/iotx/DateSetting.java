package io.simtally.iotx;

import io.simtally.core.internal.Timestamps;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A date of a request: what it must be, and how IoT-X wants it written. */
final class DateSetting {
  private DateSetting() {}

  /**
   * Returns {@code value}.
   *
   * @throws IllegalStateException if it is null
   */
  static OffsetDateTime required(String call, String setting, @Nullable OffsetDateTime value) {
    if (value == null) {
      throw new IllegalStateException(call + " needs " + setting);
    }
    return value;
  }

  /**
   * Lets pass a range.
   *
   * @throws IllegalArgumentException if it ends before it starts
   */
  static void ordered(
      String call,
      String startSetting,
      OffsetDateTime start,
      String endSetting,
      OffsetDateTime end) {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException(
          call + " has " + endSetting + " " + end + " before " + startSetting + " " + start);
    }
  }

  /** {@code 2016-12-06T10:30:00+00:00}: the date's own offset, whole seconds. */
  static String text(OffsetDateTime date) {
    return Timestamps.seconds(date);
  }
}
