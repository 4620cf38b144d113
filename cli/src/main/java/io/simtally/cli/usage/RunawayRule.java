package io.simtally.cli.usage;

import io.simtally.fleet.alert.AlertRule.RunawayDevice;
import io.simtally.fleet.store.sum.SubjectUsage;
import java.math.BigInteger;

/**
 * The rule for runaway devices: on its last day with a record the device used at least ten times
 * the median of its other days, and at least 10 MB. It needs five days with records.
 *
 * <p>With a median, one earlier burst does not hide the next one. The 10 MB exclude devices that
 * use nearly nothing.
 */
public final class RunawayRule {

  static final int TIMES_MEDIAN = RunawayDevice.DEFAULT_FACTOR;
  static final int MIN_DAYS = RunawayDevice.MINIMUM_DAYS;
  static final long MIN_BYTES = RunawayDevice.DEFAULT_MINIMUM_BYTES;

  private RunawayRule() {}

  /** Returns the rule in words, for readers of the report. */
  public static String inWords() {
    return """
    A device is a runaway if, on its last day with a record, it used at least %s times the \
    median of its other days and at least %s. Devices with fewer than %s days of records are \
    not judged.\
    """
        .formatted(
            ByteCount.grouped(TIMES_MEDIAN),
            ByteCount.grouped(MIN_BYTES / 1_000_000) + " MB",
            ByteCount.grouped(MIN_DAYS));
  }

  /**
   * Returns whether the days of a device must be looked at: a device that cannot be a runaway need
   * not be read day by day.
   */
  static boolean mayApply(SubjectUsage device) {
    var others = device.recordDays().cardinality() - 1;
    var enough = BigInteger.valueOf(MIN_BYTES);
    if (others + 1 < MIN_DAYS || device.totalBytes().compareTo(enough) < 0) {
      return false;
    }
    var last = device.lastBytes();
    return last.isEmpty()
        || (last.getAsLong() >= MIN_BYTES
            && device.recordsOfAtMost(last.getAsLong() / TIMES_MEDIAN) > (others - 1) / 2);
  }

  /**
   * Applies the rule.
   *
   * @param lastDay the bytes of the last day
   * @param others the bytes of the other days, sorted
   */
  static boolean isRunaway(long lastDay, long[] others) {
    return others.length + 1 >= MIN_DAYS
        && lastDay >= MIN_BYTES
        // Dividing cannot overflow, and is equivalent for whole numbers.
        && lastDay / TIMES_MEDIAN >= median(others);
  }

  /** The middle of sorted values; of two middles, the value half way, rounded down. */
  static long median(long[] sorted) {
    long upper = sorted[sorted.length / 2];
    long lower = sorted[(sorted.length - 1) / 2];
    return lower + (upper - lower) / 2;
  }
}
