package io.simtally.core;

import io.simtally.core.internal.Preconditions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The data usage of one subject in one period, in the form that all providers share: one program
 * can add up a fleet across carriers.
 *
 * <p>Each answer that counts bytes has {@code usageRecords(…)}, whose documentation says what
 * subject, start and period mean there. Each request for such an answer has {@code usageRecords()},
 * which executes the call and fills in the subject and the range that were asked for.
 *
 * @param provider the system that counted, for example {@code thingspace-m2m}
 * @param subject the ICCID, IMEI, account or other name that the usage belongs to, as the provider
 *     names it; {@link #ACCOUNT} for a whole account without a name
 * @param start the first moment that is counted
 * @param period the length of the count from {@code start}, or null where the provider does not say
 * @param totalBytes bytes in both directions, never negative
 * @param uplinkBytes bytes sent by the device, or null where the provider does not split
 * @param downlinkBytes bytes received by the device, or null where the provider does not split
 * @param source the source that counted, as the provider names it, or null where there is only one:
 *     counts of one day by two sources may overlap
 */
public record UsageRecord(
    String provider,
    String subject,
    Instant start,
    @Nullable Duration period,
    long totalBytes,
    @Nullable Long uplinkBytes,
    @Nullable Long downlinkBytes,
    @Nullable String source) {
  /** The subject of a whole account that neither the request nor the answer names. */
  public static final String ACCOUNT = "*";

  /**
   * Refuses null names and a negative total.
   *
   * @throws IllegalArgumentException if {@code provider}, {@code subject} or {@code start} is null,
   *     or {@code totalBytes} is negative
   */
  public UsageRecord {
    Preconditions.present("provider", provider);
    Preconditions.present("subject", subject);
    Preconditions.present("start", start);
    if (totalBytes < 0) {
      throw new IllegalArgumentException("totalBytes is negative: " + totalBytes);
    }
  }

  /**
   * Returns a record of the bytes in both directions of one day in UTC.
   *
   * @param provider the system that counted
   * @param subject the name that the usage belongs to
   * @param day the day in UTC
   * @param totalBytes bytes in both directions, never negative
   * @return the record, without a split into directions and without a source
   * @throws IllegalArgumentException if an argument is null, or {@code totalBytes} is negative
   */
  public static UsageRecord ofDay(String provider, String subject, LocalDate day, long totalBytes) {
    var start = DayRange.of(day).start();
    return new UsageRecord(
        provider, subject, start, Duration.ofDays(1), totalBytes, null, null, null);
  }
}
