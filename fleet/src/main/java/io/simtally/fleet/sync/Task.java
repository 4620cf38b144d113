package io.simtally.fleet.sync;

import io.simtally.core.DayRange;
import io.simtally.fleet.source.Device;
import java.time.Instant;

/**
 * Days of a device to read.
 *
 * @param askedAt the beginning of the run, which the response is not older than
 * @param part the number of this task among those of the device, from 0
 * @param parts the number of tasks of the device
 */
record Task(Device device, DayRange days, Instant askedAt, int part, int parts) {
  boolean isFirstOfSeveral() {
    return part == 0 && parts > 1;
  }
}
