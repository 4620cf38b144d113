package io.simtally.cli;

import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.store.UsageStore;
import java.nio.file.Files;
import java.nio.file.Path;
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
record CommandContext(Map<String, String> environment, Clock clock, boolean mayShowProgress) {
  List<Carrier> carriers() {
    return Carriers.of(environment);
  }

  /** Whether no carrier's credentials are there. */
  boolean isWithoutCredentials() {
    return carriers().stream().noneMatch(Carrier::hasCredentials);
  }

  /**
   * Opens a store to read from it. A file that is missing is none: opening it would make one.
   *
   * @throws IllegalArgumentException if it is not there
   */
  UsageStore existingStore(String name) {
    if (!name.startsWith("jdbc:") && !Files.exists(Path.of(name))) {
      throw new IllegalArgumentException("there is no store " + name);
    }
    return UsageStore.open(name, environment);
  }

  CommandContext environment(Map<String, String> other) {
    return new CommandContext(other, clock, mayShowProgress);
  }
}
