package io.simtally.fleet.source;

import io.simtally.core.ApiException;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An opened carrier. A source hides how its provider treats days: whether the end of a range is
 * included, how long sessions last, how far back the provider keeps usage. Thread-safe. Implement
 * it to read a provider of your own.
 */
public interface UsageSource extends AutoCloseable {
  /** {@return the provider, as in usage records} */
  String provider();

  /**
   * Returns the name of the account whose usage this source reads. The store keeps accounts apart
   * by it.
   *
   * @return the name, the provider by default
   */
  default String account() {
    return provider();
  }

  /**
   * Returns the devices to read: listed devices, devices that the provider lists, or {@link
   * Device#ACCOUNT} alone if the provider reports its whole account. The result is iterated once
   * and can be lazy.
   *
   * @param days the days to read
   * @return the devices; iterating may throw {@link ApiException}
   */
  Iterable<Device> devices(DayRange days);

  /**
   * Returns the devices to read, and reports how many the provider has listed so far.
   *
   * @param days the days to read
   * @param named receives the number of devices so far, if they are collected before this returns
   * @return the devices
   */
  default Iterable<Device> devices(DayRange days, LongConsumer named) {
    return devices(days);
  }

  /**
   * Returns the kind of the devices that {@link #devices} finds at the provider, or empty if the
   * user lists them. A provider's list can lose a device whose figures still change, so that a sync
   * also reads each device of the store that has this kind and days that are not settled.
   *
   * @return the kind, empty by default; its subjects must be the ids
   */
  default Optional<String> discoveredKind() {
    return Optional.empty();
  }

  /** {@return how many days one reading can span, the maximum if any number} */
  default int daysAtOnce() {
    return Integer.MAX_VALUE;
  }

  /**
   * Returns how many days after its end a day must be read to be settled: until then the provider
   * may correct the day.
   *
   * @return the number of days, 3 by default, which suits a provider that does not say
   */
  default int settleAfterDays() {
    return 3;
  }

  /**
   * Returns why days settle after {@link #settleAfterDays}.
   *
   * @return the reason in words
   */
  default String settleReason() {
    return "the provider does not say how long it corrects figures; %s days are assumed"
        .formatted(settleAfterDays());
  }

  /**
   * {@return which records count in the total of a day that several sources counted, all of them by
   * default}
   */
  default SourceRule sourceRule() {
    return SourceRule.SUM;
  }

  /**
   * Returns the oldest day that the provider still keeps as a whole. A day before it must not be
   * read: the provider answers as if nothing had been used.
   *
   * @param clock the current time
   * @return the day, or null if no limit is known, which is the default
   */
  default @Nullable LocalDate oldestDay(Clock clock) {
    return null;
  }

  /**
   * Reads the usage of a device.
   *
   * @param device one of the {@linkplain #devices devices}
   * @param days whole days in UTC
   * @return all records that start in these days, each of at most a day, with {@link
   *     Device#subject()} as their subject unless the device is the account; fails with {@link
   *     ApiException} if the response does not fit the request or days are older than {@link
   *     #oldestDay}
   */
  CompletableFuture<List<UsageRecord>> read(Device device, DayRange days);

  /** Closes the client of this source. Does nothing by default. */
  @Override
  default void close() {}
}
