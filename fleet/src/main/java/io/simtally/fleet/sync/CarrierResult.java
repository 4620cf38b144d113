package io.simtally.fleet.sync;

import org.jspecify.annotations.Nullable;

/**
 * What became of one carrier.
 *
 * @param progress how far it came
 * @param isStopped whether it was stopped before all was asked for
 * @param failure why not all could be asked for, or null
 */
public record CarrierResult(
    SyncProgress progress, boolean isStopped, @Nullable RuntimeException failure) {
  /** {@return the carrier, as in its records} */
  public String provider() {
    return progress.provider();
  }

  /** {@return whether every device was read} */
  public boolean isComplete() {
    return failure == null && !isStopped && progress.failed() == 0;
  }
}
