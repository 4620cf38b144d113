package io.simtally.core;

import io.simtally.core.internal.Preconditions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whole days in UTC, one or more.
 *
 * @param from the first day
 * @param to the last day, included
 */
public record DayRange(LocalDate from, LocalDate to) {
  /** The last year that ISO 8601 and both databases write with four digits. */
  private static final long SECONDS_OF_A_DAY = 86_400;

  private static final int LAST_YEAR = 9999;

  /**
   * Refuses a range that ends before it starts.
   *
   * @throws IllegalArgumentException if a day is null or not in the years 1 to 9999, or {@code to}
   *     is before {@code from}
   */
  public DayRange {
    Preconditions.present("from", from);
    Preconditions.present("to", to);
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("to (" + to + ") is before from (" + from + ")");
    }
    if (from.getYear() < 1 || to.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException("not in the years 1 to 9999: " + from + " to " + to);
    }
  }

  /**
   * Makes a range of several days.
   *
   * @param from the first day
   * @param to the last day, included
   * @return the days
   * @throws IllegalArgumentException if {@code to} is before {@code from}
   */
  public static DayRange of(LocalDate from, LocalDate to) {
    return new DayRange(from, to);
  }

  /**
   * Makes a range of one day.
   *
   * @param day the day
   * @return a range of this day alone
   */
  public static DayRange of(LocalDate day) {
    return new DayRange(day, day);
  }

  /**
   * Makes a range of all days of a month.
   *
   * @param month the month
   * @return the days of this month
   * @throws IllegalArgumentException if it is null
   */
  public static DayRange of(YearMonth month) {
    Preconditions.present("month", month);
    return new DayRange(month.atDay(1), month.atEndOfMonth());
  }

  /**
   * Makes a range of the last whole days in UTC, by the system clock. {@code last(1)} is yesterday.
   *
   * @param days the number of days, at least 1
   * @return the days up to yesterday
   * @throws IllegalArgumentException if {@code days} is not positive or reaches before year 1
   */
  public static DayRange last(int days) {
    return last(days, Clock.systemUTC());
  }

  /**
   * Makes a range of the last whole days in UTC, by a clock of the caller's. The clock's zone does
   * not matter.
   *
   * @param days the number of days, at least 1
   * @param clock the clock
   * @return the days up to the day before the clock's
   * @throws IllegalArgumentException if {@code clock} is null, or {@code days} is not positive or
   *     reaches before year 1
   */
  public static DayRange last(int days, Clock clock) {
    Preconditions.positive("days", days);
    var today = dayOf(Preconditions.present("clock", clock).instant());
    return new DayRange(today.minusDays(days), today.minusDays(1));
  }

  /**
   * Returns the day in UTC of a moment.
   *
   * @param moment the moment
   * @return its day
   */
  public static LocalDate dayOf(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }

  /** {@return the first moment, included} */
  public Instant start() {
    return startOf(from);
  }

  /** {@return the first moment after the last day, excluded} */
  public Instant end() {
    return startOf(to.plusDays(1));
  }

  /** {@return the number of days, at least 1} */
  public long days() {
    return ChronoUnit.DAYS.between(from, to) + 1;
  }

  /** {@return each day, in order} */
  public List<LocalDate> each() {
    return from.datesUntil(to.plusDays(1)).toList();
  }

  /**
   * Returns whether this range includes a day.
   *
   * @param day the day
   * @return true if it does
   */
  public boolean contains(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }

  /**
   * Returns whether this range includes a moment.
   *
   * @param moment the moment
   * @return true if it does
   */
  public boolean contains(Instant moment) {
    var second = moment.getEpochSecond();
    return second >= from.toEpochDay() * SECONDS_OF_A_DAY
        && second < (to.toEpochDay() + 1) * SECONDS_OF_A_DAY;
  }

  /**
   * Returns the days that two ranges have in common.
   *
   * @param other the other range
   * @return the common days, or empty if there is none
   */
  public Optional<DayRange> overlap(DayRange other) {
    var first = from.isAfter(other.from) ? from : other.from;
    var last = to.isBefore(other.to) ? to : other.to;
    return last.isBefore(first) ? Optional.empty() : Optional.of(new DayRange(first, last));
  }

  /**
   * Returns the days of this range that others do not include.
   *
   * @param others the days to leave out, in any order; they may overlap
   * @return the remaining days, in order and in as few ranges as possible
   */
  public List<DayRange> without(Collection<DayRange> others) {
    var left = new ArrayList<DayRange>();
    var next = from;
    for (var other : others.stream().sorted(Comparator.comparing(DayRange::from)).toList()) {
      if (other.from.isAfter(to)) {
        break;
      }
      if (other.from.isAfter(next)) {
        left.add(new DayRange(next, other.from.minusDays(1)));
      }
      if (!other.to.isBefore(next)) {
        next = other.to.plusDays(1);
      }
    }
    if (!next.isAfter(to)) {
      left.add(new DayRange(next, to));
    }
    return List.copyOf(left);
  }

  /** {@return the range as {@code 2026-01-01 to 2026-01-31}, a single day as {@code 2026-01-01}} */
  @Override
  public String toString() {
    return from.equals(to) ? from.toString() : from + " to " + to;
  }

  private static Instant startOf(LocalDate day) {
    return day.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
  }
}
