package io.simtally.fleet.sync;

import java.util.List;

/**
 * The result of a sync.
 *
 * @param carriers the result of each carrier, in the order of the sources
 */
public record SyncResult(List<CarrierResult> carriers) {
  /** Copies the list. */
  public SyncResult {
    carriers = List.copyOf(carriers);
  }

  /** {@return whether the store has all requested days of every device of every carrier} */
  public boolean isComplete() {
    return carriers.stream().allMatch(CarrierResult::isComplete);
  }
}
