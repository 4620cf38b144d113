package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import org.jspecify.annotations.Nullable;

/**
 * How many of the requested days the store lacks. A day counts once for each device, or once for an
 * account whose devices are not requested one by one.
 *
 * @param days the number of unknown days
 * @param requestedDays the number of requested days
 * @param noLongerAvailable how many of the unknown days the carrier no longer keeps
 * @param devices the number of devices with an unknown day
 * @param requestedDevices the number of requested devices, the account included if it is one
 * @param isOfAccount whether only an account was requested
 * @param readable from the first to the last unknown day that the carrier still keeps, or null
 */
public record UnknownDays(
    long days,
    long requestedDays,
    long noLongerAvailable,
    long devices,
    long requestedDevices,
    boolean isOfAccount,
    @Nullable DayRange readable) {
  static final UnknownDays NONE = new UnknownDays(0, 0, 0, 0, 0, true, null);

  public boolean isNone() {
    return days == 0;
  }

  /** Returns whether nothing that was requested is known. */
  public boolean isAll() {
    return days == requestedDays && days > 0;
  }

  UnknownDays plus(UnknownDays other) {
    return new UnknownDays(
        days + other.days,
        requestedDays + other.requestedDays,
        noLongerAvailable + other.noLongerAvailable,
        devices + other.devices,
        requestedDevices + other.requestedDevices,
        isOfAccount && other.isOfAccount,
        around(readable, other.readable));
  }

  static @Nullable DayRange around(@Nullable DayRange one, @Nullable DayRange other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return new DayRange(
        one.from().isBefore(other.from()) ? one.from() : other.from(),
        one.to().isAfter(other.to()) ? one.to() : other.to());
  }

  /** Returns the count for a table, empty if all days are known. */
  public String count() {
    return isNone() ? "" : ByteCount.grouped(days);
  }

  /** Returns the count in words, for example {@code 5 of 15 days of devices are unknown}. */
  public String inWords() {
    return "%s of %s %s %s unknown"
        .formatted(
            ByteCount.grouped(days),
            ByteCount.grouped(requestedDays),
            isOfAccount ? "days of the account" : "days of devices",
            days == 1 ? "is" : "are");
  }

  /** Returns the whole sentence for a reader of the figures. */
  public String sentence() {
    var text = new StringBuilder(inWords()).append(", not zero");
    if (!isOfAccount) {
      text.append(
          " (%s of %s)"
              .formatted(
                  ByteCount.grouped(devices), ByteCount.counted(requestedDevices, "device")));
    }
    text.append('.');
    if (noLongerAvailable > 0) {
      text.append(
          noLongerAvailable == days
              ? " They are no longer available: the carrier does not keep days that old."
              : " %s of them %s no longer available: the carrier does not keep days that old."
                  .formatted(
                      ByteCount.grouped(noLongerAvailable), noLongerAvailable == 1 ? "is" : "are"));
    }
    return text.toString();
  }
}
