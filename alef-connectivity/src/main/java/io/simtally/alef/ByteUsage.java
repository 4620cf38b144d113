package io.simtally.alef;

import io.simtally.core.UsageRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one stretch of time as Alef counts them, with fractions.
 *
 * @param uplink null if there is no count of this direction
 * @param downlink null if there is no count of this direction
 */
record ByteUsage(@Nullable BigDecimal uplink, @Nullable BigDecimal downlink) {
  static final String PROVIDER = "alef-connectivity";

  private static final int DIGITS_OF_A_LONG = 19;

  /** Why a report cannot be read as usage. */
  static IllegalStateException notCounted() {
    return new IllegalStateException(
        "the report does not count bytes: ask for uplink_bytes or downlink_bytes with COUNT");
  }

  /** The form all providers share, in whole bytes. */
  UsageRecord usageRecord(String subject, Instant start, @Nullable Duration period) {
    try {
      var up = uplink == null ? null : whole(uplink);
      var down = downlink == null ? null : whole(downlink);
      var total = Math.addExact(up == null ? 0 : up, down == null ? 0 : down);
      return new UsageRecord(PROVIDER, subject, start, period, total, up, down, null);
    } catch (ArithmeticException beyondLong) {
      throw new ArithmeticException(
          "the bytes of %s from %s on are more than a long holds: %s uplink, %s downlink"
              .formatted(subject, start, uplink, downlink));
    }
  }

  private static Long whole(BigDecimal bytes) {
    // Written out, a number such as 1E999999999 would fill the memory.
    var digits = (long) bytes.precision() - bytes.scale();
    if (bytes.signum() == 0 || digits < 0) {
      return 0L;
    }
    if (digits > DIGITS_OF_A_LONG) {
      throw new ArithmeticException();
    }
    return bytes.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
