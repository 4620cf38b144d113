package io.simtally.simulator.thingspace;

import io.simtally.simulator.internal.MemberUsage;
import java.util.List;
import java.util.function.Supplier;

/**
 * A device with its usage history and its sessions.
 *
 * @param sessions all sessions, in the order of their starts
 */
record ThingSpaceMember(
    SimulatedDevice device,
    MemberUsage<SimulatedUsage> history,
    Supplier<List<SimulatedSession>> sessions) {
  /** Returns a device with exactly these rows and without sessions. */
  static ThingSpaceMember of(SimulatedDevice device, List<SimulatedUsage> rows) {
    return new ThingSpaceMember(device, MemberUsage.of(rows, SimulatedUsage::timestamp), List::of);
  }
}
