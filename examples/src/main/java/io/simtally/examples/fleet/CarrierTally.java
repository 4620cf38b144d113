package io.simtally.examples.fleet;

import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Adds up the records of one carrier.
 *
 * <p>Holds one number for each device and day, whatever the number of records.
 */
final class CarrierTally {

  static final int TOP_DEVICES = 10;

  private static final Duration DAY = Duration.ofDays(1);

  private final String carrier;
  private final Period period;
  private final Map<String, DeviceTally> devices = new HashMap<>();
  private final long[] byDay;
  private long records;
  private long totalBytes;
  private long recordsOutside;
  private long bytesOutside;

  CarrierTally(String carrier, Period period) {
    this.carrier = carrier;
    this.period = period;
    this.byDay = new long[period.days()];
  }

  /**
   * Adds a record, or notes that it starts outside the period.
   *
   * @return whether the record counts
   * @throws ArithmeticException if the sum exceeds a {@code long}
   */
  boolean add(UsageRecord usage) {
    if (usage.period() != null && usage.period().compareTo(DAY) > 0) {
      throw new IllegalArgumentException(
          "a record of " + usage.period() + " cannot be assigned to a day: " + usage.subject());
    }
    if (!period.contains(usage.start())) {
      recordsOutside++;
      bytesOutside = sum(bytesOutside, usage.totalBytes());
      return false;
    }
    // No day and no device exceeds the total, so only the total can overflow.
    totalBytes = sum(totalBytes, usage.totalBytes());
    records++;
    int day = period.dayOf(usage.start());
    byDay[day] += usage.totalBytes();
    devices
        .computeIfAbsent(usage.subject(), subject -> new DeviceTally())
        .add(day, usage.totalBytes());
    return true;
  }

  CarrierUsage result(Coverage coverage) {
    return new CarrierUsage(
        carrier,
        devices.size(),
        records,
        totalBytes,
        Arrays.stream(byDay).boxed().toList(),
        top(),
        runaways(),
        new OutsidePeriod(recordsOutside, bytesOutside),
        coverage);
  }

  private static long sum(long bytes, long more) {
    try {
      return Math.addExact(bytes, more);
    } catch (ArithmeticException overflow) {
      throw new ArithmeticException(
          "the bytes add up to more than "
              + ByteCount.exact(Long.MAX_VALUE)
              + ", which cannot be counted");
    }
  }

  private List<DeviceTotal> top() {
    return devices.entrySet().stream()
        .map(device -> new DeviceTotal(device.getKey(), device.getValue().total()))
        .sorted(
            Comparator.comparingLong(DeviceTotal::bytes)
                .reversed()
                .thenComparing(DeviceTotal::subject))
        .limit(TOP_DEVICES)
        .toList();
  }

  private List<Runaway> runaways() {
    return devices.entrySet().stream()
        .map(device -> device.getValue().runaway(carrier, device.getKey(), period))
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(Runaway::bytes).reversed().thenComparing(Runaway::subject))
        .toList();
  }
}
