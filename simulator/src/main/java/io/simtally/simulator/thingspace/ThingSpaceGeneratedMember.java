package io.simtally.simulator.thingspace;

import io.simtally.simulator.internal.SeededRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A device whose rows are made up when they are asked for, from the fleet's seed and its number.
 *
 * <p>Of every hundred devices in a row two are heavy and one is a runaway, whose last day is far
 * above its own median; ten have two rows a day; a third are roaming and tell domestic and
 * international bytes. A device is silent on about one day in twelve: that day has no row.
 */
final class ThingSpaceGeneratedMember implements ThingSpaceMember {
  private static final double FLEET_MEDIAN_BYTES = 2_000_000;
  private static final List<String> PLANS = List.of("4G 150MB", "4G 2GB", "5G 5GB");

  /** Tells the sessions' random numbers from those of the days, which are never so early. */
  private static final long SESSIONS = Long.MIN_VALUE;

  private final ThingSpaceGeneratedFleet fleet;
  private final int index;

  ThingSpaceGeneratedMember(ThingSpaceGeneratedFleet fleet, int index) {
    this.fleet = fleet;
    this.index = index;
  }

  @Override
  public SimulatedDevice device() {
    return fleet.device(index);
  }

  @Override
  public List<SimulatedUsage> rows(Instant earliest, Instant latest, int limit) {
    List<SimulatedUsage> rows = new ArrayList<>();
    Profile profile = profile();
    for (LocalDate day = fleet.firstDay(); !day.isAfter(fleet.lastDay()); day = day.plusDays(1)) {
      Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
      if (midnight.isAfter(latest) || rows.size() >= limit) {
        break;
      }
      if (!midnight.isBefore(earliest)) {
        addDay(profile, day, midnight, rows);
      }
    }
    return rows.size() > limit ? rows.subList(0, limit) : rows;
  }

  @Override
  public List<SimulatedSession> sessions() {
    return GeneratedSessions.of(
        rows(Instant.MIN, Instant.MAX, Integer.MAX_VALUE),
        new SeededRandom(fleet.seed(), index, SESSIONS));
  }

  private void addDay(Profile profile, LocalDate day, Instant midnight, List<SimulatedUsage> rows) {
    SeededRandom random = new SeededRandom(fleet.seed(), index, day.toEpochDay());
    boolean runsAway = profile.runaway && day.equals(fleet.lastDay());
    if (random.chance(1.0 / 12) && !runsAway) {
      return;
    }
    long bytes = (long) random.lognormal(profile.medianBytes, 0.35);
    if (runsAway) {
      bytes = (long) (profile.medianBytes * (30 + random.below(50)));
    }
    if (!profile.twoRowsADay) {
      rows.add(row(profile, midnight, bytes, profile.plan, "Raw Usage", random));
      return;
    }
    long feedBytes = bytes / 5;
    rows.add(row(profile, midnight, bytes - feedBytes, profile.plan, "Raw Usage", random));
    rows.add(row(profile, midnight, feedBytes, profile.secondPlan, "Usage Feed", random));
  }

  private static SimulatedUsage row(
      Profile profile,
      Instant midnight,
      long bytes,
      String plan,
      String source,
      SeededRandom random) {
    int sent = random.chance(0.2) ? random.below(6) : 0;
    int received = random.chance(0.3) ? random.below(9) : 0;
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("MoSms", Integer.toString(sent));
    attributes.put("MtSms", Integer.toString(received));
    if (profile.roaming) {
      long international = (long) (bytes * random.nextDouble());
      attributes.put("domesticUsage", Long.toString(bytes - international));
      attributes.put("internationalUsage", Long.toString(international));
    }
    return new SimulatedUsage(midnight, bytes, sent + received, source, plan, attributes);
  }

  private Profile profile() {
    SeededRandom random = new SeededRandom(fleet.seed(), index);
    int place = Math.floorMod(index + fleet.block(), 100);
    double median = random.lognormal(FLEET_MEDIAN_BYTES, 1.2);
    int plan = random.below(PLANS.size());
    return new Profile(
        place % 50 == 3 ? median * 40 : median,
        place == 7,
        place % 10 == 4,
        place % 3 == 0,
        PLANS.get(plan),
        PLANS.get((plan + 1) % PLANS.size()));
  }

  private record Profile(
      double medianBytes,
      boolean runaway,
      boolean twoRowsADay,
      boolean roaming,
      String plan,
      String secondPlan) {}
}
