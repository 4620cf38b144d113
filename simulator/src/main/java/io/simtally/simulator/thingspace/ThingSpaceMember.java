package io.simtally.simulator.thingspace;

import java.time.Instant;
import java.util.List;

/** A device with its usage history and its sessions. */
interface ThingSpaceMember {
  SimulatedDevice device();

  /**
   * The rows between two instants, both included, oldest first.
   *
   * @param limit how many rows the caller wants at most
   */
  List<SimulatedUsage> rows(Instant earliest, Instant latest, int limit);

  /** All sessions, in the order in which they began. */
  List<SimulatedSession> sessions();
}
