package io.simtally.fleet.alert;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An estimate of the usage of a whole billing cycle, with the interval that contains the true usage
 * in 80 of 100 cases.
 *
 * <p>A least-squares fit of the last 28 days gives a level for each day of the week and a linear
 * trend. The interval is the prediction interval of the fit for the sum of the estimated days. It
 * is widened by the correlation of neighbouring days, since a runaway device lasts for days.
 *
 * @param bytes the expected usage of the cycle
 * @param lowBytes the lower end of the interval
 * @param highBytes the upper end of the interval
 */
public record Forecast(long bytes, long lowBytes, long highBytes) {
  /** The days of the fit: four weeks, so that old habits do not count. */
  private static final int DAYS = 28;

  /** The least number of known days of the fit: two weeks. */
  private static final int LEAST_DAYS = 14;

  private static final int WEEK = 7;
  private static final double GREATEST_CORRELATION = 0.7;

  /**
   * Residuals of a fit show less correlation than the days have, by about this number divided by
   * the number of days.
   */
  private static final double HIDDEN_CORRELATION = 4;

  /**
   * Estimates the usage of a cycle.
   *
   * @param knownBytes the usage of the days that are known, in the cycle and before it. All other
   *     days of the cycle are estimated
   * @param cycle the days of the cycle
   * @return the forecast, or empty if fewer than 14 of the last 28 days are known, or a day of the
   *     week is not among them. A cycle without unknown days has its exact usage
   * @throws ArithmeticException if the bytes exceed a {@code long}
   */
  public static Optional<Forecast> of(Map<LocalDate, Long> knownBytes, DayRange cycle) {
    Preconditions.present("cycle", cycle);
    var known = new TreeMap<>(Preconditions.present("knownBytes", knownBytes));
    var used =
        known.subMap(cycle.from(), true, cycle.to(), true).values().stream()
            .reduce(0L, Math::addExact);
    var estimated = cycle.each().stream().filter(day -> !known.containsKey(day)).toList();
    if (estimated.isEmpty()) {
      return Optional.of(new Forecast(used, used, used));
    }
    if (known.isEmpty()) {
      return Optional.empty();
    }
    var recent = known.tailMap(known.lastKey().minusDays(DAYS), false);
    if (recent.size() < LEAST_DAYS
        || recent.keySet().stream().map(LocalDate::getDayOfWeek).distinct().count() < WEEK) {
      return Optional.empty();
    }
    var fit = WeeklyFit.of(recent);
    var sum = fit.sum(estimated);
    var margin = fit.margin(estimated, HIDDEN_CORRELATION, GREATEST_CORRELATION);
    return Optional.of(
        new Forecast(plus(used, sum), plus(used, sum - margin), plus(used, sum + margin)));
  }

  /** Adds an estimate, which cannot be negative. */
  private static long plus(long used, double estimate) {
    return Math.addExact(used, Math.max(0, Math.round(estimate)));
  }

  /** Returns a forecast that is not below what has been used already. */
  Forecast atLeast(long usedBytes) {
    return new Forecast(
        Math.max(bytes, usedBytes), Math.max(lowBytes, usedBytes), Math.max(highBytes, usedBytes));
  }
}
