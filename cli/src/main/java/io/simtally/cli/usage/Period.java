package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The whole days in UTC that the report covers.
 *
 * @param from the first day
 * @param to the last day, included
 */
public record Period(LocalDate from, LocalDate to) {

  /** The longest period: more is more than a carrier keeps and a chart can show. */
  public static final int MAX_DAYS = 366;

  /** How many days are shown unless a user says. */
  public static final int DEFAULT_DAYS = 30;

  public Period {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "the period ends (" + to + ") before it starts (" + from + ")");
    }
    if (ChronoUnit.DAYS.between(from, to) >= MAX_DAYS) {
      throw new IllegalArgumentException(
          "the period from " + from + " to " + to + " is longer than " + MAX_DAYS + " days");
    }
  }

  /** The first moment of the period. */
  Instant start() {
    return from.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The first moment after the period. */
  Instant end() {
    return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** How many days. */
  public int length() {
    return (int) ChronoUnit.DAYS.between(from, to) + 1;
  }

  public DayRange days() {
    return new DayRange(from, to);
  }

  boolean contains(Instant moment) {
    return !moment.isBefore(start()) && moment.isBefore(end());
  }

  /** Which day of the period a moment lies in, counted from 0. */
  int dayOf(Instant moment) {
    return (int) ChronoUnit.DAYS.between(start(), moment);
  }

  /** The date of a day counted from 0. */
  public LocalDate date(int day) {
    return from.plusDays(day);
  }

  @Override
  public String toString() {
    return from + " to " + to;
  }
}
