package io.simtally.simulator;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A device whose rows a user gave.
 *
 * @param history oldest first; rows of one timestamp in the order in which they were given
 */
record ScriptedMember(SimulatedDevice device, List<SimulatedUsage> history) implements FleetMember {
  ScriptedMember {
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
