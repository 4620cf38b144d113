package io.simtally.cli.usage;

import io.simtally.fleet.store.sum.SubjectDayTotal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a report needs to know of an account of a carrier.
 *
 * @param name the display name
 * @param key the provider and the account
 * @param settleAfterDays the number of days after its end during which a day may be corrected
 * @param oldestKept the oldest day that the carrier still keeps, or null if it names no limit
 * @param reportsPerDevice whether readings of the whole account name the device of each record
 */
public record CarrierTerms(
    String name,
    AccountRow key,
    int settleAfterDays,
    @Nullable LocalDate oldestKept,
    boolean reportsPerDevice) {

  /**
   * Returns the bytes of a device on a day.
   *
   * @throws IllegalStateException if they exceed a {@code long}; the message names the device
   */
  public long bytes(SubjectDayTotal day) {
    if (day.totalBytes().bitLength() >= Long.SIZE) {
      throw new IllegalStateException(
          "%s: the records of device %s on %s add up to more than %s; correct or delete them"
              .formatted(name, day.subject(), day.day(), ByteCount.exact(Long.MAX_VALUE)));
    }
    return day.totalBytes().longValue();
  }
}
