package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Days of one subject that have been read. The usage of a covered day without a record is zero, and
 * that of a day without coverage is unknown.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param subject the subject, or {@link UsageStore#ACCOUNT} for the whole account
 * @param days the days
 * @param readAt the time of the reading. Of joined readings, the last one if the days are settled,
 *     else the first one
 */
public record Coverage(
    String provider, String account, String subject, DayRange days, Instant readAt) {
  /** The last day of any range. */
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if anything is null
   */
  public Coverage {
    Preconditions.present("provider", provider);
    Preconditions.present("account", account);
    Preconditions.present("subject", subject);
    Preconditions.present("days", days);
    Preconditions.present("readAt", readAt);
  }

  /**
   * Returns the settled days. The carrier does not correct settled days any more.
   *
   * @param settleAfterDays how many days after its end a day must have been read to count as
   *     settled, at least 0
   * @return the settled days, from the first day on, or empty if no day is settled
   */
  public Optional<DayRange> settled(int settleAfterDays) {
    var last = lastSettled(readAt, settleAfterDays);
    return last.isBefore(days.from())
        ? Optional.empty()
        : Optional.of(new DayRange(days.from(), last.isBefore(days.to()) ? last : days.to()));
  }

  /** Returns the earliest time of a reading that settles a day. */
  static Instant settledFrom(LocalDate day, int settleAfterDays) {
    var first = day.plusDays(settleAfterDays + 1L);
    return DayRange.of(first.isAfter(LAST_DAY) ? LAST_DAY : first).start();
  }

  /** Returns the last day that a reading settles. */
  static LocalDate lastSettled(Instant readAt, int settleAfterDays) {
    return DayRange.dayOf(readAt).minusDays(settleAfterDays + 1L);
  }
}
