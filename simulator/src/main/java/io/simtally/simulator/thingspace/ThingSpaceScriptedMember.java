package io.simtally.simulator.thingspace;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A device whose rows a user gave.
 *
 * @param history oldest first; rows of one timestamp in the order in which they were given
 */
record ThingSpaceScriptedMember(SimulatedDevice device, List<SimulatedUsage> history)
    implements ThingSpaceMember {
  ThingSpaceScriptedMember {
    history = history.stream().sorted(Comparator.comparing(SimulatedUsage::timestamp)).toList();
  }

  @Override
  public List<SimulatedUsage> rows(Instant earliest, Instant latest, int limit) {
    return history.stream()
        .filter(row -> !row.timestamp().isBefore(earliest) && !row.timestamp().isAfter(latest))
        .limit(limit)
        .toList();
  }

  @Override
  public List<SimulatedSession> sessions() {
    return List.of();
  }
}
