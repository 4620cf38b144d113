package io.simtally.cli;

import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Carriers;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param environment the variables
 * @param clock which days are over
 * @param mayShowProgress whether a bar is drawn where a person is watching
 */
record Surroundings(Map<String, String> environment, Clock clock, boolean mayShowProgress) {
  List<Carrier> carriers() {
    return Carriers.of(environment);
  }

  /** Whether no carrier's credentials are there. */
  boolean isWithoutCredentials() {
    return carriers().stream().noneMatch(Carrier::hasCredentials);
  }

  Surroundings environment(Map<String, String> other) {
    return new Surroundings(other, clock, mayShowProgress);
  }
}
