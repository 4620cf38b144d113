package io.simtally.fleet.sync;

import org.jspecify.annotations.Nullable;

/**
 * The result of a sync for one account.
 *
 * @param progress the final progress
 * @param isStopped whether the run was stopped before its last device
 * @param failure why not all devices could be read, or null
 * @param unavailable the requested days that the provider no longer keeps, or null if there are
 *     none
 * @param held the number of failures of kind {@code HELD} of this run: readings that would remove
 *     stored usage, and were not written
 */
public record CarrierResult(
    SyncProgress progress,
    boolean isStopped,
    @Nullable RuntimeException failure,
    @Nullable UnavailableDays unavailable,
    long held) {
  /** {@return the provider, as in usage records} */
  public String provider() {
    return progress.provider();
  }

  /** {@return the account} */
  public String account() {
    return progress.account();
  }

  /** {@return whether the store has all requested days of every device} */
  public boolean isComplete() {
    return failure == null
        && !isStopped
        && progress.failed() == 0
        && held == 0
        && (unavailable == null || unavailable.unread() == 0);
  }
}
