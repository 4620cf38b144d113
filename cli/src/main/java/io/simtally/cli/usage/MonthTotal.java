package io.simtally.cli.usage;

import java.math.BigInteger;
import java.time.YearMonth;

/**
 * The usage of a carrier's devices in a month, as far as the store has its days.
 *
 * @param carrier the carrier's name
 * @param month the month in UTC
 * @param bytes the sum
 * @param devices the number of devices with a record in it
 * @param unknown the days of the month, up to yesterday, that the store lacks
 */
public record MonthTotal(
    String carrier, YearMonth month, BigInteger bytes, long devices, UnknownDays unknown) {
  /** Returns whether no day of the month is known. */
  public boolean isUnknown() {
    return devices == 0 && unknown.isAll();
  }
}
