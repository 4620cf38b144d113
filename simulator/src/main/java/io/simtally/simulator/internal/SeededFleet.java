package io.simtally.simulator.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The generated members of a fleet. Their identifiers and their usage depend on the seed and on the
 * member's number only, so a larger fleet begins with the members of a smaller one.
 *
 * <p>All providers share one shape of usage. Of every hundred members in a row two are heavy, and
 * one is a runaway: its last day is far above its median. A member is silent on about one day in
 * twelve.
 *
 * @param size how many members to generate, 0 to {@link #MAX_SIZE}
 * @param stream separates the figures of the providers with the same seed
 * @param firstDay the first day of UTC with usage
 * @param lastDay the last day of UTC with usage
 */
public record SeededFleet(
    int size, long seed, String stream, LocalDate firstDay, LocalDate lastDay) {
  public static final int MAX_SIZE = 1_000_000;

  private static final double MEDIAN_BYTES_A_DAY = 2_000_000;

  /** Adds the usage of one day. */
  @FunctionalInterface
  public interface Day<U> {
    void addTo(List<U> usage, LocalDate day, long bytes, SeededRandom random);
  }

  /** Returns four digits that the identifiers of one seed share. */
  public String block() {
    return String.format(Locale.ROOT, "%04d", blockNumber());
  }

  private int blockNumber() {
    return Math.floorMod(new SeededRandom(seed).nextLong(), 10_000);
  }

  /** Returns a member's place in its hundred, 0 to 99, which decides its character. */
  public int place(int member) {
    return Math.floorMod(member + blockNumber(), 100);
  }

  /** Returns random numbers of one member. */
  public SeededRandom random(int member, long... path) {
    SeededRandom ofStream = new SeededRandom(seed, stream.hashCode(), member);
    return path.length == 0 ? ofStream : new SeededRandom(ofStream.nextLong(), path);
  }

  /** Returns the bytes that a member uses on a usual day. */
  public double medianBytes(int member) {
    double median = random(member).lognormal(MEDIAN_BYTES_A_DAY, 1.2);
    return place(member) % 50 == 3 ? median * 40 : median;
  }

  /**
   * Returns the usage of a member, generated for each request.
   *
   * @param day turns the bytes of one day into the provider's usage
   */
  public <U> MemberUsage<U> history(int member, Day<U> day, Function<U, Instant> time) {
    return (first, last) -> between(member, first, last, day, time);
  }

  private <U> List<U> between(
      int member, Instant first, Instant last, Day<U> generator, Function<U, Instant> time) {
    Instant start = midnight(firstDay);
    LocalDate day = first.isAfter(start) ? LocalDate.ofInstant(first, ZoneOffset.UTC) : firstDay;
    double median = medianBytes(member);
    boolean isRunaway = place(member) == 7;
    List<U> usage = new ArrayList<>();
    for (; !day.isAfter(lastDay) && !midnight(day).isAfter(last); day = day.plusDays(1)) {
      SeededRandom random = random(member, day.toEpochDay());
      boolean runsAway = isRunaway && day.equals(lastDay);
      if (random.chance(1.0 / 12) && !runsAway) {
        continue;
      }
      double bytes = runsAway ? median * (40 + random.below(40)) : random.lognormal(median, 0.35);
      generator.addTo(usage, day, 1 + (long) bytes, random);
    }
    usage.removeIf(one -> !MemberUsage.isBetween(time.apply(one), first, last));
    return usage;
  }

  /** Returns the first instant of a day. */
  public static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
