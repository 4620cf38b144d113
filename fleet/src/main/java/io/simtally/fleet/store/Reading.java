package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Preconditions;
import java.time.Instant;
import java.util.List;

/**
 * What a carrier said about some days of one subject: all of it, so that a day without a record is
 * one on which nothing was used.
 *
 * @param provider which carrier, as in its records
 * @param subject whose days, or {@link UsageStore#ACCOUNT} for all of the carrier's account
 * @param days the days that were asked about
 * @param readAt when the carrier was asked
 * @param records all records that start in these days, unmodifiable, in any order
 */
public record Reading(
    String provider, String subject, DayRange days, Instant readAt, List<UsageRecord> records) {

  /**
   * Refuses records that the reading is not about: they would be counted twice when the days are
   * read again.
   *
   * @throws IllegalArgumentException if anything is null; or a record has another provider, another
   *     subject (unless the reading is of the account) or starts outside of the days
   */
  public Reading {
    Preconditions.text("provider", provider);
    Preconditions.text("subject", subject);
    Preconditions.present("days", days);
    Preconditions.present("readAt", readAt);
    records = RecordColumns.copyOf(Preconditions.present("records", records));
    var start = days.start();
    var end = days.end();
    for (var usage : records) {
      if (!usage.provider().equals(provider)) {
        throw new IllegalArgumentException(
            "a reading of " + provider + " has a record of " + usage.provider());
      }
      if (usage.start().isBefore(start) || !usage.start().isBefore(end)) {
        throw new IllegalArgumentException(
            "a reading of " + days + " has a record that starts at " + usage.start());
      }
      if (!usage.subject().equals(subject) && !subject.equals(UsageStore.ACCOUNT)) {
        throw new IllegalArgumentException(
            "a reading of " + subject + " has a record of " + usage.subject());
      }
    }
  }
}
