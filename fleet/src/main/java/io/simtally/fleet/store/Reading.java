package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.store.sql.RecordsBySource;
import java.time.Instant;
import java.util.List;

/**
 * The complete usage of one subject in some days. The usage of a day without a record is zero.
 *
 * @param provider the provider, as in usage records
 * @param account the account
 * @param subject the subject, or {@link UsageStore#ACCOUNT} for the whole account
 * @param days the requested days
 * @param readAt the time of the request
 * @param records all records that start in these days and count in the totals, unmodifiable, in any
 *     order
 * @param uncounted the records of other sources of the same days, which the totals leave out
 */
public record Reading(
    String provider,
    String account,
    String subject,
    DayRange days,
    Instant readAt,
    List<UsageRecord> records,
    List<UsageRecord> uncounted) {

  /**
   * Checks that each record belongs to the reading. The next reading would not replace a record of
   * another subject or day, so its usage would count twice.
   *
   * @throws IllegalArgumentException if an argument is null; or if a record has another provider,
   *     another subject (unless the reading is of the account) or starts outside of the days
   */
  public Reading {
    Preconditions.text("provider", provider);
    Preconditions.text("account", account);
    Preconditions.text("subject", subject);
    Preconditions.present("days", days);
    Preconditions.present("readAt", readAt);
    check(provider, subject, days, Preconditions.present("records", records));
    check(provider, subject, days, Preconditions.present("uncounted", uncounted));
    records = RecordsBySource.copyOf(records);
    uncounted = RecordsBySource.copyOf(uncounted);
  }

  /**
   * Creates a reading whose records all count.
   *
   * @param provider the provider, as in usage records
   * @param account the account
   * @param subject the subject, or {@link UsageStore#ACCOUNT} for the whole account
   * @param days the requested days
   * @param readAt the time of the request
   * @param records all records that start in these days
   * @throws IllegalArgumentException as the canonical constructor
   */
  public Reading(
      String provider,
      String account,
      String subject,
      DayRange days,
      Instant readAt,
      List<UsageRecord> records) {
    this(provider, account, subject, days, readAt, records, List.of());
  }

  private static void check(
      String provider, String subject, DayRange days, List<UsageRecord> records) {
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
