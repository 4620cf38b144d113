package io.simtally.fleet.sync;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;

/**
 * Requested days that the provider no longer keeps. A sync does not read them and leaves in the
 * store what an earlier run has read.
 *
 * @param days the days
 * @param unread the number of days of devices that no earlier run has read, so that their usage is
 *     unknown for good: two days of three devices are six
 */
public record UnavailableDays(DayRange days, long unread) {
  /**
   * Checks the days.
   *
   * @throws IllegalArgumentException if {@code days} is null
   */
  public UnavailableDays {
    Preconditions.present("days", days);
  }
}
