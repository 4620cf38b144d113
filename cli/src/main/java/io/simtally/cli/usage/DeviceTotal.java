package io.simtally.cli.usage;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one device in the whole period.
 *
 * @param subject the device
 * @param label its label, or null
 * @param bytes its total
 * @param unknownDays the number of days of the period that the store lacks
 */
public record DeviceTotal(
    String subject, @Nullable String label, BigInteger bytes, long unknownDays) {
  public DeviceTotal(String subject, BigInteger bytes, long unknownDays) {
    this(subject, null, bytes, unknownDays);
  }

  /** Returns the label with the subject, or the subject alone. */
  public String name() {
    return label == null ? subject : label + " (" + subject + ")";
  }

  /** Returns the unknown days for a table, empty if there are none. */
  public String unknown() {
    return unknownDays == 0 ? "" : ByteCount.counted(unknownDays, "day");
  }
}
