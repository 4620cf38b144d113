package io.simtally.core;

import io.simtally.core.internal.Preconditions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much data one subject used from one moment on, in the form that all providers share, so that
 * one program can add up a fleet across carriers.
 *
 * <p>Each answer that counts bytes can be read this way through its {@code usageRecords()}, whose
 * documentation says what subject, start and period mean there.
 *
 * @param provider which system counted, for example {@code thingspace-m2m}
 * @param subject whose usage it is: an ICCID, an IMEI, an account, as the provider names it
 * @param start the first moment that is counted
 * @param period how long the count runs from {@code start}, or null where the provider does not say
 * @param totalBytes bytes in both directions, never negative
 * @param uplinkBytes bytes sent by the device, or null where the provider does not split
 * @param downlinkBytes bytes received by the device, or null where the provider does not split
 * @param source which of several sources counted, as the provider names it, or null where there is
 *     only one: counts of one day by two sources may overlap
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
}
