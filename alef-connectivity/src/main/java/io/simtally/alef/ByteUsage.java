package io.simtally.alef;

import io.simtally.core.ApiException;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.usage.UsageConversion;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one period as Alef counts them, with fractions.
 *
 * @param uplink null if this direction has no count
 * @param downlink null if this direction has no count
 */
record ByteUsage(@Nullable BigDecimal uplink, @Nullable BigDecimal downlink) {
  static final String OPERATION = "POST /connectivity/v1/report";
  static final UsageConversion CONVERSION = new UsageConversion("alef-connectivity", OPERATION);

  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** Makes the exception of a report that counts no bytes. */
  static ApiException notCounted() {
    return CONVERSION.refused(
        "the report does not count bytes: ask for uplink_bytes or downlink_bytes with COUNT");
  }

  /** Converts the bytes, rounded to whole bytes. */
  UsageRecord usageRecord(String subject, Instant start, @Nullable Duration period) {
    var up = whole(uplink);
    var down = whole(downlink);
    var total = up.add(down);
    if (total.compareTo(MOST) > 0) {
      throw CONVERSION.refused(
          "the bytes of %s from %s on are more than a long holds: %s uplink, %s downlink"
              .formatted(subject, start, uplink, downlink));
    }
    return new UsageRecord(
        CONVERSION.provider(),
        subject,
        start,
        period,
        total.longValueExact(),
        uplink == null ? null : (Long) up.longValueExact(),
        downlink == null ? null : (Long) down.longValueExact(),
        null);
  }

  /** Rounds to whole bytes. Returns a number above a long as it is: 1E999999999 has many digits. */
  private static BigDecimal whole(@Nullable BigDecimal bytes) {
    if (bytes == null || (long) bytes.precision() - bytes.scale() < 0) {
      return BigDecimal.ZERO;
    }
    return bytes.compareTo(MOST) > 0
        ? MOST.add(BigDecimal.ONE)
        : bytes.setScale(0, RoundingMode.HALF_UP);
  }
}
