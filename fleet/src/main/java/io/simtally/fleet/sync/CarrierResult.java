package io.simtally.fleet.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one carrier.
 *
 * @param progress how far it came
 * @param notes what a reader of its figures must know, in sentences
 * @param isStopped whether it was stopped before all was asked for
 * @param failure why not all could be asked for, or null
 */
public record CarrierResult(
    SyncProgress progress,
    List<String> notes,
    boolean isStopped,
    @Nullable RuntimeException failure) {
  /** Copies the notes. */
  public CarrierResult {
    notes = List.copyOf(notes);
  }

  /** {@return the carrier, as in its records} */
  public String provider() {
    return progress.provider();
  }

  /** {@return whether every device was read} */
  public boolean isComplete() {
    return failure == null && !isStopped && progress.failed() == 0;
  }
}
