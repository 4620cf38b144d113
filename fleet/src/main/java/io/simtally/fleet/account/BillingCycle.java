package io.simtally.fleet.account;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * The billing cycles of an account: each begins on the same day of a month and ends on the day
 * before the next one begins.
 *
 * @param day the day of the month on which a cycle begins, 1 to 28, since not every month has a
 *     later day
 */
public record BillingCycle(int day) {
  /** The calendar months. */
  public static final BillingCycle MONTHS = new BillingCycle(1);

  /** The latest day of the month on which a cycle can begin. */
  static final int LAST_DAY = 28;

  /**
   * Checks the day.
   *
   * @throws IllegalArgumentException if it is not 1 to 28
   */
  public BillingCycle {
    if (day < 1 || day > LAST_DAY) {
      throw new IllegalArgumentException("the day of a cycle must be 1 to " + LAST_DAY);
    }
  }

  /**
   * Returns the cycle that contains a day.
   *
   * @param date the day
   * @return the days of the cycle
   * @throws IllegalArgumentException if the day is null, or the cycle is not in the years 1 to 9999
   */
  public DayRange containing(LocalDate date) {
    var month = YearMonth.from(Preconditions.present("date", date));
    return of(date.getDayOfMonth() < day ? month.minusMonths(1) : month);
  }

  /**
   * Returns the cycle that begins in a month.
   *
   * @param month the month
   * @return the days of the cycle
   * @throws IllegalArgumentException if the month is null, or the cycle is not in the years 1 to
   *     9999
   */
  public DayRange of(YearMonth month) {
    Preconditions.present("month", month);
    return new DayRange(month.atDay(day), month.plusMonths(1).atDay(day).minusDays(1));
  }
}
