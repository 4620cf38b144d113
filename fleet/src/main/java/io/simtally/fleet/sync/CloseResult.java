package io.simtally.fleet.sync;

import io.simtally.fleet.store.ClosedPeriod;
import java.util.List;

/**
 * The result of closing a period.
 *
 * @param closed the closed period of each account, none if the closing was refused
 * @param gaps the days that are not final
 */
public record CloseResult(List<ClosedPeriod> closed, List<ClosedPeriod.Gap> gaps) {
  /** Copies the lists. */
  public CloseResult {
    closed = List.copyOf(closed);
    gaps = List.copyOf(gaps);
  }

  /** {@return whether the period is closed} */
  public boolean isClosed() {
    return !closed.isEmpty();
  }
}
