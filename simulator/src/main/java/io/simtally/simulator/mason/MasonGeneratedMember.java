package io.simtally.simulator.mason;

import io.simtally.simulator.internal.CheckDigit;
import io.simtally.simulator.internal.SeededRandom;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A SIM whose usage is made up when it is asked for, from the fleet's seed and its number.
 *
 * <p>Of every hundred SIMs in a row two are heavy and one is a runaway, whose last day is far above
 * its own median; ten are outside of Mason devices; ten move to another type of device half-way
 * through the days. A SIM is silent on about one day in twelve: that day has no row.
 */
final class MasonGeneratedMember implements MasonMember {
  /** Keeps the numbers apart from those of other providers with the same seed. */
  private static final long STREAM = 0x4D61736F6EL;

  private static final double FLEET_MEDIAN_BYTES = 2_000_000;
  private static final List<String> TYPES = List.of("D450", "G450", "A4100");

  private final MasonGeneratedFleet fleet;
  private final int index;

  MasonGeneratedMember(MasonGeneratedFleet fleet, int index) {
    this.fleet = fleet;
    this.index = index;
  }

  @Override
  public String iccid() {
    return fleet.iccid(index);
  }

  @Override
  public void days(LocalDate first, LocalDate last, Visitor visitor) {
    int place = Math.floorMod(index + fleet.block(), 100);
    double median = median(place);
    LocalDate end = last.isBefore(fleet.lastDay()) ? last : fleet.lastDay();
    LocalDate day = first.isAfter(fleet.firstDay()) ? first : fleet.firstDay();
    for (; !day.isAfter(end); day = day.plusDays(1)) {
      tell(day, median, place, visitor);
    }
  }

  private void tell(LocalDate day, double median, int place, Visitor visitor) {
    SeededRandom random = new SeededRandom(fleet.seed(), STREAM, index, day.toEpochDay());
    boolean runsAway = place == 7 && day.equals(fleet.lastDay());
    if (random.chance(1.0 / 12) && !runsAway) {
      return;
    }
    long bytes = (long) (median * (runsAway ? 30 + random.below(50) : 0.5 + random.nextDouble()));
    long upload = (long) (bytes * (0.3 + 0.4 * random.nextDouble()));
    visitor.day(day, upload, bytes - upload, markers(day, place));
  }

  private double median(int place) {
    double median =
        new SeededRandom(fleet.seed(), STREAM, index).lognormal(FLEET_MEDIAN_BYTES, 1.2);
    return place % 50 == 3 ? median * 40 : median;
  }

  private Markers markers(LocalDate day, int place) {
    return place % 10 == 5
        ? key -> null
        : key -> value(key, place % 10 == 4 && isSecondHalf(day) ? 1 : 0);
  }

  private boolean isSecondHalf(LocalDate day) {
    long days = ChronoUnit.DAYS.between(fleet.firstDay(), fleet.lastDay()) + 1;
    return !day.isBefore(fleet.firstDay().plusDays(days / 2));
  }

  /** The marker of the SIM in its first or, if it moved, second device. */
  private String value(MasonMarkerKey key, int device) {
    String mnc = index % 3 == 0 ? "410" : "260";
    return switch (key) {
      case IMEI ->
          CheckDigit.append(
              String.format(Locale.ROOT, "35%d%04d%07d", device, fleet.block(), index));
      case DEVICE_GROUP -> "group-" + (index % 4 + 1);
      case DEVICE_UUID -> uuid(device);
      case DEVICE_TYPE -> TYPES.get((index + device) % TYPES.size());
      case INCREMENTAL -> "2." + index % 5 + ".0";
      case CARRIER -> index % 3 == 0 ? "AT&T" : "T-Mobile";
      case MNC -> mnc;
      case MCC -> "310";
      case MNC_MCC -> mnc + "-310";
    };
  }

  private String uuid(int device) {
    SeededRandom random = new SeededRandom(fleet.seed(), STREAM, index, -1, device);
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
