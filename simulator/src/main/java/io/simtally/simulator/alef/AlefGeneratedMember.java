package io.simtally.simulator.alef;

import io.simtally.simulator.internal.SeededRandom;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A subscriber made up of its number and its fleet's seed. One in a hundred uses a multiple on the
 * last day; all are silent on some days and in some hours, busy for a few minutes of the others,
 * and some of what they use has a fraction, as on Alef's page.
 */
final class AlefGeneratedMember implements AlefMember {
  private static final double FLEET_MEDIAN_BYTES = 80_000;
  private static final long LENGTH_SECONDS = AlefUsage.LENGTH.toSeconds();
  private static final int HOUR_STRETCHES = 12;
  private static final long DAY_STRETCHES = 24 * HOUR_STRETCHES;

  private final AlefGeneratedFleet fleet;
  private final int index;
  private final double medianBytes;
  private final boolean runaway;

  AlefGeneratedMember(AlefGeneratedFleet fleet, int index) {
    this.fleet = fleet;
    this.index = index;
    medianBytes = new SeededRandom(fleet.seed(), index).lognormal(FLEET_MEDIAN_BYTES, 1.2);
    runaway = Math.floorMod(index + fleet.block(), 100) == 7;
  }

  @Override
  public AlefSubscriber subscriber() {
    return fleet.subscriber(index);
  }

  @Override
  public List<AlefUsage> usage(Instant after, Instant until) {
    long first = Math.max(number(after) + 1, number(fleet.firstDay()) + 1);
    long last = Math.min(number(until), number(fleet.lastDay().plusDays(1)));
    List<AlefUsage> usage = new ArrayList<>();
    for (long day = day(first); day <= day(last); day++) {
      if (!isSilentDay(day)) {
        addDay(
            Math.max(first, day * DAY_STRETCHES + 1),
            Math.min(last, (day + 1) * DAY_STRETCHES),
            usage);
      }
    }
    return usage;
  }

  private void addDay(long first, long last, List<AlefUsage> usage) {
    for (long hour = hour(first); hour <= hour(last); hour++) {
      SeededRandom random = new SeededRandom(fleet.seed(), index, hour);
      if (random.chance(1.0 / 8)) {
        continue;
      }
      int place = random.below(HOUR_STRETCHES);
      long number = hour * HOUR_STRETCHES + 1 + place;
      int left = HOUR_STRETCHES - 1 - place;
      addWithin(first, last, number, usage);
      if (left > 0 && random.chance(0.3)) {
        addWithin(first, last, number + 1 + random.below(left), usage);
      }
    }
  }

  private void addWithin(long first, long last, long number, List<AlefUsage> usage) {
    if (number >= first && number <= last) {
      usage.add(usage(number));
    }
  }

  @Override
  public AlefUsage now(Instant end) {
    return usage(number(end));
  }

  private AlefUsage usage(long number) {
    SeededRandom random = new SeededRandom(fleet.seed(), index, -number);
    double scale = runaway && day(number) == fleet.lastDay().toEpochDay() ? 40 : 1;
    double bytes = medianBytes * scale * (0.25 + 1.5 * random.nextDouble());
    double uplinkShare = 0.05 + 0.3 * random.nextDouble();
    return new AlefUsage(
        Instant.ofEpochSecond(number * LENGTH_SECONDS),
        bytes(bytes * uplinkShare, random),
        // Now and then nothing comes back.
        random.chance(0.1) ? BigDecimal.ZERO : bytes(bytes * (1 - uplinkShare), random),
        Duration.ofMillis(1 + random.below((int) AlefUsage.LENGTH.toMillis())));
  }

  private static BigDecimal bytes(double bytes, SeededRandom random) {
    long whole = 1 + (long) bytes;
    return random.chance(1.0 / 8)
        ? BigDecimal.valueOf(whole * 10 + 5, 1)
        : BigDecimal.valueOf(whole);
  }

  private boolean isSilentDay(long day) {
    boolean runsAway = runaway && day == fleet.lastDay().toEpochDay();
    return !runsAway && new SeededRandom(fleet.seed(), index, day, 0).chance(1.0 / 12);
  }

  /** Stretches are numbered by their end. */
  private static long number(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), LENGTH_SECONDS);
  }

  private static long number(LocalDate day) {
    return number(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private static long hour(long number) {
    return Math.floorDiv(number - 1, HOUR_STRETCHES);
  }

  /** The day that a stretch lies in; the one that ends at midnight is of the day before. */
  private static long day(long number) {
    return Math.floorDiv(number - 1, DAY_STRETCHES);
  }
}
