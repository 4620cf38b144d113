package io.simtally.simulator.iotx;

import io.simtally.simulator.internal.SeededRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/**
 * A subscriber whose usage is made up when it is asked for, from the fleet's seed and its number.
 *
 * <p>On most days there is usage in three of the day's hours; of every hundred subscribers in a row
 * two are heavy and one is a runaway, whose last day is far above its own median. A subscriber is
 * silent on about one day in twelve.
 */
final class IotxGeneratedMember implements IotxMember {
  /** Keeps the numbers apart from those of other providers with the same seed. */
  private static final long STREAM = 0x496F742D58L;

  private static final double FLEET_MEDIAN_BYTES = 700_000;
  private static final int BUCKETS_A_DAY = 3;
  private static final List<String> PROTOCOLS = List.of("TCP", "TCP", "TCP", "UDP", "ICMP");

  private final IotxGeneratedFleet fleet;
  private final int index;

  IotxGeneratedMember(IotxGeneratedFleet fleet, int index) {
    this.fleet = fleet;
    this.index = index;
  }

  @Override
  public IotxSubscriber subscriber() {
    return fleet.subscriber(index);
  }

  @Override
  public void usage(IotxQuery range, Consumer<IotxUsage> told) {
    LocalDate first = later(fleet.firstDay(), day(range.start()));
    LocalDate last = earlier(fleet.lastDay(), day(range.end()));
    int place = Math.floorMod(index + fleet.block(), 100);
    double median = median(place);
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      tell(day, median, place == 7 && day.equals(fleet.lastDay()), range, told);
    }
  }

  private void tell(
      LocalDate day, double median, boolean runsAway, IotxQuery range, Consumer<IotxUsage> told) {
    SeededRandom random = new SeededRandom(fleet.seed(), STREAM, index, day.toEpochDay());
    if (random.chance(1.0 / 12) && !runsAway) {
      return;
    }
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    double factor = runsAway ? 30 + random.below(50) : 1;
    for (int bucket = 0; bucket < BUCKETS_A_DAY; bucket++) {
      int hour = bucket * 24 / BUCKETS_A_DAY + random.below(24 / BUCKETS_A_DAY);
      // Drawn whether it is asked for or not, so that a part of a day is as in the whole.
      IotxUsage usage = usage(midnight.plusSeconds(3600L * hour), median * factor, random);
      if (range.includes(usage.time())) {
        told.accept(usage);
      }
    }
  }

  private IotxUsage usage(Instant time, double median, SeededRandom random) {
    long bytes = (long) random.lognormal(median, 0.35);
    long originated = (long) (bytes * (0.3 + 0.4 * random.nextDouble()));
    return new IotxUsage(
        time,
        originated,
        bytes - originated,
        1 + random.below(4),
        PROTOCOLS.get(random.below(PROTOCOLS.size())),
        // A net that is for documentation.
        "203.0.113." + (1 + (index + random.below(3)) % 40));
  }

  private double median(int place) {
    double median =
        new SeededRandom(fleet.seed(), STREAM, index).lognormal(FLEET_MEDIAN_BYTES, 1.2);
    return place % 50 == 3 ? median * 40 : median;
  }

  private static LocalDate day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
