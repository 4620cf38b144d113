package io.simtally.fleet.thingspace;

import io.simtally.core.DayRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The ranges in which ThingSpace Hyper-Precise is asked for sessions, so that it tells of each that
 * began in some days.
 *
 * <p>The page calls the ends of a range "start date" and "end date of session to include", which
 * may take in sessions that begin in it, that touch it, or only those that lie in it from start to
 * end. The last reading is the narrowest, so a session of the days's last day that went on for days
 * is asked for well beyond the days, as far as ThingSpace keeps sessions.
 */
final class SessionRange {

  /** How many days before and after are asked for. */
  static final int MARGIN_DAYS = 30;

  /** How many days ThingSpace keeps, which is as much as one request may span. */
  static final int KEPT_DAYS = 180;

  private static final int PART_DAYS = KEPT_DAYS - 2 * MARGIN_DAYS;

  private final DayRange days;
  private final LocalDate today;
  private final LocalDate oldest;

  SessionRange(DayRange days, LocalDate today) {
    this.days = days;
    this.today = today;
    this.oldest = today.minusDays(KEPT_DAYS - 1);
  }

  /** The requests to make: one for 120 days at most. */
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

  /** What a reader of the figures must know, in sentences. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "A session counts whole on the day it began. Asked for were sessions from "
            + later(days.from().minusDays(MARGIN_DAYS), oldest)
            + " to "
            + earlier(days.to().plusDays(MARGIN_DAYS), today)
            + ", "
            + MARGIN_DAYS
            + " days more on either side where ThingSpace has them: one that began earlier still,"
            + " or ended later, is not seen.");
    if (oldest.isAfter(days.from())) {
      notes.add(
          "ThingSpace keeps sessions for "
              + KEPT_DAYS
              + " days: those that began before "
              + oldest
              + " could not be read.");
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
   * @param days the days whose sessions it is for
   * @param from the start of the range to ask for
   * @param to its end
   */
  record Part(DayRange days, Instant from, Instant to) {}
}
