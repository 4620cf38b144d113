package io.simtally.alef;

import io.simtally.core.internal.Timestamps;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The time that a report is about: from one moment to another, or a window.
 *
 * @param between the moments, or null if they were not set
 * @param window the window, or null if it was not set
 * @param usual the window of a report that is about a certain time unless another is set, or null
 */
record TimeRange(
    @Nullable Between between, @Nullable TimeWindow window, @Nullable TimeWindow usual) {
  record Between(OffsetDateTime start, OffsetDateTime end) {}

  /** The range as it is sent. */
  record Sent(String start, String end) {}

  TimeRange withBetween(OffsetDateTime start, OffsetDateTime end) {
    return new TimeRange(new Between(start, end), window, usual);
  }

  TimeRange withWindow(TimeWindow other) {
    return new TimeRange(between, other, usual);
  }

  /** Whether the answer will be a snapshot. */
  boolean isNow() {
    return between == null && TimeWindow.NOW.equals(window == null ? usual : window);
  }

  /**
   * Returns what to send.
   *
   * @throws IllegalStateException if nothing was set, or too much
   * @throws IllegalArgumentException if the range ends before it starts, or cannot be written
   */
  Sent sent(String call) {
    if (between != null && window != null) {
      throw new IllegalStateException(call + " needs between or window, not both");
    }
    if (between != null) {
      return sent(call, between);
    }
    var named = window == null ? usual : window;
    if (named == null) {
      throw new IllegalStateException(call + " needs between or window, one of them");
    }
    return new Sent(named.word(), named.word());
  }

  private static Sent sent(String call, Between range) {
    if (range.start().isAfter(range.end())) {
      throw new IllegalArgumentException(
          call + " has between start " + range.start() + " after end " + range.end());
    }
    return new Sent(word(call, "start", range.start()), word(call, "end", range.end()));
  }

  /** As on Alef's page: {@code 2022-07-07T09:50:00+05:30}. */
  private static String word(String call, String name, OffsetDateTime moment) {
    // Cut off in silence, the seconds of an offset would move the moment.
    if (moment.getOffset().getTotalSeconds() % 60 != 0) {
      throw new IllegalArgumentException(
          call + " has between " + name + " with an offset of seconds: " + moment);
    }
    return Timestamps.seconds(moment);
  }
}
