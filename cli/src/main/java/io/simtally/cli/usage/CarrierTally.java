package io.simtally.cli.usage;

import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds up the records of one carrier.
 *
 * <p>Holds one number for each device and day, whatever the number of records.
 */
public final class CarrierTally {

  static final int TOP_DEVICES = 10;

  private static final Duration DAY = Duration.ofDays(1);

  private final String carrier;
  private final String provider;
  private final Period period;
  private final Map<String, DeviceTally> devices = new HashMap<>();
  private final long[] byDay;
  private final Set<String> sources = new TreeSet<>();
  private long records;
  private long totalBytes;

  public CarrierTally(String carrier, String provider, Period period) {
    this.carrier = carrier;
    this.provider = provider;
    this.period = period;
    this.byDay = new long[period.length()];
  }

  /**
   * Adds a record that starts in the period.
   *
   * @throws ArithmeticException if the sum exceeds a {@code long}
   */
  public void add(UsageRecord usage) {
    if (usage.period() != null && usage.period().compareTo(DAY) > 0) {
      throw new IllegalArgumentException(
          "a record of " + usage.period() + " cannot be assigned to a day: " + usage.subject());
    }
    // No day and no device exceeds the total, so only the total can overflow.
    totalBytes = sum(totalBytes, usage.totalBytes());
    records++;
    int day = period.dayOf(usage.start());
    byDay[day] += usage.totalBytes();
    DeviceTally device = devices.computeIfAbsent(usage.subject(), subject -> new DeviceTally());
    device.add(day, usage.totalBytes());
    if (usage.source() != null) {
      sources.addAll(device.differingSources(day, usage.source()));
    }
  }

  /** The devices that another tally has too. */
  public Overlap countedBy(CarrierTally other) {
    Set<String> both = new HashSet<>(devices.keySet());
    both.retainAll(other.devices.keySet());
    long[] bytes = new long[period.length()];
    long total = 0;
    for (String subject : both) {
      DeviceTally device = Objects.requireNonNull(devices.get(subject));
      device.addTo(bytes);
      total += device.total();
    }
    return new Overlap(other.carrier, both, total, Arrays.stream(bytes).boxed().toList());
  }

  public CarrierUsage result(FleetCoverage coverage, List<String> notes, Overlap countedOnce) {
    boolean account = coverage.wholeAccount();
    return new CarrierUsage(
        carrier,
        provider,
        account ? 0 : devices.size(),
        records,
        totalBytes,
        Arrays.stream(byDay).boxed().toList(),
        account ? List.of() : top(),
        account ? List.of() : runaways(),
        new SeveralSources(
            devices.values().stream().mapToInt(DeviceTally::daysOfSeveralSources).sum(),
            List.copyOf(sources)),
        coverage,
        countedOnce,
        notes);
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
