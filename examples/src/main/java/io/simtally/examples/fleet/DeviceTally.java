package io.simtally.examples.fleet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Adds up the usage of one device, day by day. */
final class DeviceTally {

  // A day without a record is not a day without usage.
  private static final long NO_RECORD = -1;

  private long[] byDay = {};
  private long total;

  void add(int day, long bytes) {
    if (day >= byDay.length) {
      int known = byDay.length;
      byDay = Arrays.copyOf(byDay, day + 1);
      Arrays.fill(byDay, known, byDay.length, NO_RECORD);
    }
    byDay[day] = Math.max(byDay[day], 0) + bytes;
    total += bytes;
  }

  long total() {
    return total;
  }

  /** The device as a runaway, or null if its last day is within its own bounds. */
  @Nullable Runaway runaway(String carrier, String subject, Period period) {
    int lastDay = byDay.length - 1;
    long[] others =
        Arrays.stream(byDay, 0, lastDay).filter(bytes -> bytes != NO_RECORD).sorted().toArray();
    if (!RunawayRule.isRunaway(byDay[lastDay], others)) {
      return null;
    }
    return new Runaway(
        carrier, subject, period.date(lastDay), byDay[lastDay], RunawayRule.median(others));
  }
}
