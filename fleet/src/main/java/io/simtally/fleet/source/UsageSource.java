package io.simtally.fleet.source;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * One carrier, opened and ready to be asked. What must be right about a carrier's ranges lies here
 * and nowhere else: which end is included, the seams between ranges, sessions that go on for days,
 * months without days. Thread-safe. Implement it to bring in a carrier of your own.
 */
public interface UsageSource extends AutoCloseable {
  /** {@return the carrier, as in its records} */
  String provider();

  /**
   * The devices to ask about: those that were listed, those that the carrier itself names, or
   * {@link Device#ACCOUNT} alone if it tells of the whole account at once. Read lazily, once.
   *
   * @param days the days that will be asked about
   * @return the devices; iterating may ask the carrier and throw its {@code ApiException}
   */
  Iterable<Device> devices(DayRange days);

  /**
   * The same devices, by a source that can tell how far its carrier's list has been read.
   *
   * @param days the days that will be asked about
   * @param named is told how many devices the carrier has named so far, if they are gathered before
   *     this returns
   * @return the devices
   */
  default Iterable<Device> devices(DayRange days, LongConsumer named) {
    return devices(days);
  }

  /** {@return how many days one reading may span, so that what is kept at a time stays small} */
  default int daysAtOnce() {
    return Integer.MAX_VALUE;
  }

  /**
   * Reads a device's usage of some days.
   *
   * @param device one of the {@linkplain #devices devices}
   * @param days whole days of UTC
   * @return all records that start in these days, each of a day at most; fails with {@code
   *     ApiException}
   */
  CompletableFuture<List<UsageRecord>> read(Device device, DayRange days);

  /** Releases what was opened for the carrier. */
  @Override
  void close();
}
