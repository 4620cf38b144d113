package io.simtally.cli.usage;

import java.math.BigInteger;

/**
 * The usage of one device in the whole period.
 *
 * @param subject the device
 * @param bytes its total
 * @param unknownDays the number of days of the period that the store lacks
 */
public record DeviceTotal(String subject, BigInteger bytes, long unknownDays) {
  /** Returns the unknown days for a table, empty if there are none. */
  public String unknown() {
    return unknownDays == 0 ? "" : ByteCount.counted(unknownDays, "day");
  }
}
