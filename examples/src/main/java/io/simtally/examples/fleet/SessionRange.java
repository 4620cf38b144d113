package io.simtally.examples.fleet;

import io.simtally.core.UsageRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The ranges in which ThingSpace Hyper-Precise is asked for sessions, so that it tells of each that
 * began in a period.
 *
 * <p>The page calls the ends of a range "start date" and "end date of session to include", which
 * may take in sessions that begin in it, that touch it, or only those that lie in it from start to
 * end. The last reading is the narrowest, so a session of the period's last day that went on for
 * days is asked for well beyond the period, as far as ThingSpace keeps sessions.
 */
final class SessionRange {

  /** How many days before and after the period are asked for. */
  static final int MARGIN_DAYS = 30;

  /** How many days ThingSpace keeps, which is as much as one request may span. */
  static final int KEPT_DAYS = 180;

  private static final int PART_DAYS = KEPT_DAYS - 2 * MARGIN_DAYS;

  private final Period period;
  private final LocalDate today;
  private final LocalDate oldest;

  SessionRange(Period period, LocalDate today) {
    this.period = period;
    this.today = today;
    this.oldest = today.minusDays(KEPT_DAYS - 1);
  }

  /** The requests to make: one for 120 days of the period at most. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (LocalDate from = period.from();
        !from.isAfter(period.to());
        from = from.plusDays(PART_DAYS)) {
      Part part = part(new Period(from, earlier(from.plusDays(PART_DAYS - 1), period.to())));
      if (part.from().isBefore(part.to())) {
        parts.add(part);
      }
    }
    return parts;
  }

  private Part part(Period days) {
    return new Part(
        days,
        days.from().equals(period.from()),
        start(later(days.from().minusDays(MARGIN_DAYS), oldest)),
        start(earlier(days.to().plusDays(MARGIN_DAYS), today).plusDays(1)));
  }

  /** What a reader of the figures must know, in sentences. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "A session counts whole on the day it began. Asked for were sessions from "
            + later(period.from().minusDays(MARGIN_DAYS), oldest)
            + " to "
            + earlier(period.to().plusDays(MARGIN_DAYS), today)
            + ", "
            + MARGIN_DAYS
            + " days more on either side where ThingSpace has them: one that began earlier still,"
            + " or ended later, is not seen.");
    if (oldest.isAfter(period.from())) {
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
   * @param isFirst whether the period begins with these days
   * @param from the start of the range to ask for
   * @param to its end
   */
  record Part(Period days, boolean isFirst, Instant from, Instant to) {

    /** Whether a session is for this request to tell; its neighbours may bring it as well. */
    boolean takes(UsageRecord session) {
      return days.contains(session.start()) || (isFirst && ranInto(session));
    }

    // Told as outside the period, so that nobody misses its bytes without a word.
    private boolean ranInto(UsageRecord session) {
      return session.period() != null
          && session.start().isBefore(days.start())
          && session.start().plus(session.period()).isAfter(days.start());
    }
  }
}
