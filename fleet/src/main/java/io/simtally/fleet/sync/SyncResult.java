package io.simtally.fleet.sync;

import java.util.List;

/**
 * What became of a synchronization.
 *
 * @param carriers each of the carriers, in the order they were given
 */
public record SyncResult(List<CarrierResult> carriers) {
  /** Copies the list. */
  public SyncResult {
    carriers = List.copyOf(carriers);
  }

  /** {@return whether every device of every carrier was read} */
  public boolean isComplete() {
    return carriers.stream().allMatch(CarrierResult::isComplete);
  }
}
