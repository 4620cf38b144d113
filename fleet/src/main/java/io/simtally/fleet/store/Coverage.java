package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Days of one subject that have been read. A day in it without a record is one on which nothing was
 * used; a day in none was never read.
 *
 * @param provider which carrier, as in its records
 * @param subject whose days, or {@link UsageStore#ACCOUNT} for all of the carrier's account
 * @param days the days
 * @param readAt when they were read; where readings were joined, when the last of them was
 */
public record Coverage(String provider, String subject, DayRange days, Instant readAt) {
  /** The last one that a range may have. */
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  /**
   * Refuses null.
   *
   * @throws IllegalArgumentException if anything is null
   */
  public Coverage {
    Preconditions.present("provider", provider);
    Preconditions.present("subject", subject);
    Preconditions.present("days", days);
    Preconditions.present("readAt", readAt);
  }

  /**
   * Which of the days are settled: read so late that the carrier has corrected them for the last
   * time.
   *
   * @param settleAfterDays how many days after its end a day must have been read to count as
   *     settled, at least 0
   * @return the settled days, from the first one on, or empty if there is none
   */
  public Optional<DayRange> settled(int settleAfterDays) {
    var last = lastSettled(readAt, settleAfterDays);
    return last.isBefore(days.from())
        ? Optional.empty()
        : Optional.of(new DayRange(days.from(), last.isBefore(days.to()) ? last : days.to()));
  }

  /** From when on a reading settles a day. */
  static Instant settledFrom(LocalDate day, int settleAfterDays) {
    var first = day.plusDays(settleAfterDays + 1L);
    return DayRange.of(first.isAfter(LAST_DAY) ? LAST_DAY : first).start();
  }

  /** The last day whose end is so many days before. */
  static LocalDate lastSettled(Instant readAt, int settleAfterDays) {
    return DayRange.dayOf(readAt).minusDays(settleAfterDays + 1L);
  }
}
