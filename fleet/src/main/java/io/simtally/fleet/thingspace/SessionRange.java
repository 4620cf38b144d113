package io.simtally.fleet.thingspace;

import io.simtally.core.DayRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The ranges in which ThingSpace Hyper-Precise is asked for sessions, so that it reports each
 * session that began in some days.
 *
 * <p>The page calls the ends of a range "start date" and "end date of session to include". That may
 * mean sessions that begin in the range, that touch it, or only sessions with both ends in it. In
 * the last case the range must reach to the end of a session that began on the last day, so that it
 * is 30 days longer on both sides, as far as ThingSpace keeps sessions.
 */
final class SessionRange {

  /** The number of days before and after that a request includes. */
  static final int MARGIN_DAYS = 30;

  /** The number of days that ThingSpace keeps, which is also the longest range of a request. */
  static final int KEPT_DAYS = 180;

  private static final int PART_DAYS = KEPT_DAYS - 2 * MARGIN_DAYS;

  /** A bound may mean its whole date, in a time zone that the page does not name. */
  private static final Duration LENIENCY = Duration.ofDays(2);

  private final DayRange days;
  private final LocalDate today;
  private final LocalDate oldest;

  SessionRange(DayRange days, LocalDate today) {
    this.days = days;
    this.today = today;
    this.oldest = oldest(today);
  }

  /** Returns the first day that ThingSpace keeps as a whole. */
  static LocalDate oldest(LocalDate today) {
    return today.minusDays(KEPT_DAYS - 1);
  }

  /** Returns the requests to send, one per 120 days. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (LocalDate from = days.from(); !from.isAfter(days.to()); from = from.plusDays(PART_DAYS)) {
      Part part = part(new DayRange(from, earlier(from.plusDays(PART_DAYS - 1), days.to())));
      if (part.from().isBefore(part.to())) {
        parts.add(part);
      }
    }
    return parts;
  }

  private Part part(DayRange days) {
    return new Part(
        days,
        start(later(days.from().minusDays(MARGIN_DAYS), oldest)),
        start(earlier(days.to().plusDays(MARGIN_DAYS), today).plusDays(1)));
  }

  /** Returns what a reader of the figures must know. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "A session counts as a whole on the day it began. The requests covered "
            + later(days.from().minusDays(MARGIN_DAYS), oldest)
            + " to "
            + earlier(days.to().plusDays(MARGIN_DAYS), today)
            + ", "
            + MARGIN_DAYS
            + " days more on either side as far as ThingSpace keeps them. Sessions that began earlier"
            + " or ended later are missing.");
    if (oldest.isAfter(days.from())) {
      notes.add(
          "ThingSpace keeps sessions for "
              + KEPT_DAYS
              + " days: those that began before "
              + oldest
              + " are no longer available.");
    }
    return notes;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /**
   * One request.
   *
   * @param days the days whose sessions are read
   * @param from the start of the range of the request
   * @param to the end of the range of the request
   */
  record Part(DayRange days, Instant from, Instant to) {

    /** Returns whether the response may include a session: the session touches the range. */
    boolean mayInclude(Instant start, Instant end) {
      var last = end.isBefore(start) ? start : end;
      return !last.isBefore(from.minus(LENIENCY)) && !start.isAfter(to.plus(LENIENCY));
    }
  }
}
