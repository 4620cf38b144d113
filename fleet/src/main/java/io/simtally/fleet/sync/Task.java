package io.simtally.fleet.sync;

import io.simtally.core.DayRange;
import io.simtally.fleet.source.Device;
import java.time.Instant;

/**
 * Days of a device that are to be read.
 *
 * @param askedAt when it was decided: what the carrier says is no older
 * @param part which of the device's tasks, from 0
 * @param parts how many tasks the device has
 */
record Task(Device device, DayRange days, Instant askedAt, int part, int parts) {
  boolean isFirstOfSeveral() {
    return part == 0 && parts > 1;
  }
}
