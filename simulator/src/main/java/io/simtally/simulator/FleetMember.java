package io.simtally.simulator;

import java.time.Instant;
import java.util.List;

/** A device with its usage history. */
interface FleetMember {
  SimulatedDevice device();

  /**
   * The rows between two instants, both included, oldest first.
   *
   * @param limit how many rows the caller wants at most
   */
  List<SimulatedUsage> rows(Instant earliest, Instant latest, int limit);
}
