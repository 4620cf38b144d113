package io.simtally.simulator.thingspace;

import java.time.Instant;
import java.util.Objects;

/**
 * A session of a device, as the Hyper-Precise service reports it.
 *
 * @param startTime its start
 * @param endTime its end, not before its start
 * @param numBytes bytes sent and received
 */
public record SimulatedSession(Instant startTime, Instant endTime, long numBytes) {
  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException if it ends before it starts
   */
  public SimulatedSession {
    if (Objects.requireNonNull(endTime, "endTime")
        .isBefore(Objects.requireNonNull(startTime, "startTime"))) {
      throw new IllegalArgumentException(
          "a session ends at " + endTime + " before it starts: " + startTime);
    }
  }
}
