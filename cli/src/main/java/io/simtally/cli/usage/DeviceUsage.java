package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.UsageStore;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one device in the period of a report.
 *
 * @param subject the device, or {@code *} for the unknown days of an account
 * @param label the label, or null
 * @param group the group, or null
 * @param records the number of records
 * @param totalBytes their sum
 * @param leftOutBytes the part of the sum that the figure of another carrier includes
 * @param unknown the days that the store lacks
 * @param unsettled the days that have been read and that the carrier may still correct
 * @param isRequested whether the unknown days count as missing: the device is listed, or is read by
 *     itself
 * @param isIdle whether the device is known to have used nothing on every day
 */
public record DeviceUsage(
    String subject,
    @Nullable String label,
    @Nullable String group,
    long records,
    BigInteger totalBytes,
    BigInteger leftOutBytes,
    List<UnknownRange> unknown,
    List<DayRange> unsettled,
    boolean isRequested,
    boolean isIdle) {

  /** Receives each device of a report once. */
  public interface Sink {
    /** Takes a device, or the account. */
    void take(CarrierTerms carrier, DeviceUsage device);
  }

  /** Returns whether this is an account whose unknown days belong to no device. */
  public boolean isAccount() {
    return subject.equals(UsageStore.ACCOUNT);
  }

  public long unknownDays() {
    return unknown.stream().mapToLong(each -> each.days().days()).sum();
  }

  public long unsettledDays() {
    return unsettled.stream().mapToLong(DayRange::days).sum();
  }

  /** Returns whether nothing is known of the period. */
  public boolean isUnknown(DayRange period) {
    return records == 0 && unknownDays() == period.days();
  }
}
