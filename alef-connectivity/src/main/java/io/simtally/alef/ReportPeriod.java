package io.simtally.alef;

import io.simtally.core.internal.Timestamps;
import io.simtally.core.internal.usage.RangeSetting;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The period of a report: a range or a window.
 *
 * @param range the range; without ends if it is not set
 * @param window the window, or null if it is not set
 * @param usual the window of a documented report if neither is set, or null
 */
record ReportPeriod(
    RangeSetting<OffsetDateTime> range, @Nullable TimeWindow window, @Nullable TimeWindow usual) {

  /** The period as it is sent. */
  record Sent(String start, String end) {}

  static ReportPeriod of(String call, @Nullable TimeWindow usual) {
    return new ReportPeriod(
        RangeSetting.of(call + " between start", call + " between end"), null, usual);
  }

  ReportPeriod with(RangeSetting<OffsetDateTime> other) {
    return new ReportPeriod(other, window, usual);
  }

  ReportPeriod with(TimeWindow other) {
    return new ReportPeriod(range, other, usual);
  }

  /** Returns whether the answer is a snapshot. */
  boolean isNow() {
    return range.start() == null && TimeWindow.NOW.equals(window == null ? usual : window);
  }

  /**
   * Returns the period as it is sent.
   *
   * @throws IllegalStateException if nothing is set, or both range and window
   * @throws IllegalArgumentException if the range ends before it starts, or cannot be written
   */
  Sent sent(String call) {
    var start = range.start();
    var end = range.end();
    if (start != null && end != null) {
      if (window != null) {
        throw new IllegalStateException(call + " needs between or window, not both");
      }
      range.check(call);
      return new Sent(word(range.startName(), start), word(range.endName(), end));
    }
    var named = window == null ? usual : window;
    if (named == null) {
      throw new IllegalStateException(call + " needs between or window, one of them");
    }
    return new Sent(named.word(), named.word());
  }

  /** Writes a moment as on Alef's page: {@code 2022-07-07T09:50:00+05:30}. */
  private static String word(String name, OffsetDateTime moment) {
    // Without the seconds of its offset, the moment would be another one.
    if (moment.getOffset().getTotalSeconds() % 60 != 0) {
      throw new IllegalArgumentException(name + " has an offset with seconds: " + moment);
    }
    return Timestamps.seconds(moment);
  }
}
