package io.simtally.cli.usage;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up the usage of one device, day by day. */
final class DeviceTally {

  // A day without a record is not a day without usage.
  private static final long NO_RECORD = -1;

  private long[] byDay = {};
  private @Nullable String[] sources = {};
  private final BitSet daysOfSeveralSources = new BitSet(0);
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

  /**
   * Notes who counted a day.
   *
   * @return the first source of that day and this one if they differ, else nothing
   */
  List<String> differingSources(int day, String source) {
    sources = day < sources.length ? sources : Arrays.copyOf(sources, day + 1);
    String first = sources[day];
    if (first == null) {
      sources[day] = source;
      return List.of();
    }
    if (first.equals(source)) {
      return List.of();
    }
    daysOfSeveralSources.set(day);
    return List.of(first, source);
  }

  int daysOfSeveralSources() {
    return daysOfSeveralSources.cardinality();
  }

  void addTo(long[] bytesByDay) {
    for (int day = 0; day < byDay.length; day++) {
      bytesByDay[day] += Math.max(byDay[day], 0);
    }
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
