package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up the usage of one device, day by day. */
final class DeviceTally {

  // A day without a record is not a day without usage.
  private static final long NO_RECORD = -1;

  /** The days of the device that have been read, as an interned list. */
  List<DayRange> covered = List.of();

  /** Whether the devices file lists it. */
  boolean isListed;

  /** Whether the store has a reading or a failure of this device alone. */
  boolean isReadByItself;

  private long[] byDay = {};
  private @Nullable String[] sources = {};
  private final BitSet daysOfSeveralSources = new BitSet(0);

  /**
   * Adds the bytes of a record.
   *
   * @throws ArithmeticException if the bytes of the day exceed a {@code long}
   */
  void add(int day, long bytes) {
    if (day >= byDay.length) {
      int known = byDay.length;
      byDay = Arrays.copyOf(byDay, day + 1);
      Arrays.fill(byDay, known, byDay.length, NO_RECORD);
    }
    byDay[day] = Math.addExact(Math.max(byDay[day], 0), bytes);
  }

  /**
   * Notes the source of a count.
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

  boolean hasRecords() {
    return byDay.length > 0;
  }

  /** The number of days up to the last one with a record. */
  int days() {
    return byDay.length;
  }

  /** The bytes of a day, 0 if it has no record. */
  long bytes(int day) {
    return day < byDay.length ? Math.max(byDay[day], 0) : 0;
  }

  BigInteger total() {
    ByteSum total = new ByteSum();
    for (int day = 0; day < byDay.length; day++) {
      total.add(bytes(day));
    }
    return total.value();
  }

  /** The device as a runaway, or null if its last day is within its own bounds. */
  @Nullable Runaway runaway(String carrier, String subject, DayRange period) {
    int lastDay = byDay.length - 1;
    long[] others =
        Arrays.stream(byDay, 0, lastDay).filter(bytes -> bytes != NO_RECORD).sorted().toArray();
    if (!RunawayRule.isRunaway(byDay[lastDay], others)) {
      return null;
    }
    return new Runaway(
        carrier,
        subject,
        period.from().plusDays(lastDay),
        byDay[lastDay],
        RunawayRule.median(others));
  }
}
