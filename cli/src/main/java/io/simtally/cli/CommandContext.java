package io.simtally.cli;

import static java.util.stream.Collectors.joining;

import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.store.UsageStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The surroundings of a command.
 *
 * @param environment the variables
 * @param clock the clock by which days end
 * @param mayShowProgress whether a terminal shows a progress bar
 */
record CommandContext(Map<String, String> environment, Clock clock, boolean mayShowProgress) {
  List<Carrier> carriers() {
    return Carriers.of(environment);
  }

  /** The variables of each carrier, for a message that credentials are missing. */
  String missingCredentials() {
    return "no credentials in the environment; set those of a provider: "
        + carriers().stream()
            .map(
                carrier ->
                    carrier.name()
                        + " "
                        + carrier.variables().stream()
                            .map(names -> String.join(" ", names))
                            .collect(joining(" or ")))
            .collect(joining("; "))
        + "; or name accounts in a configuration file";
  }

  /**
   * Opens a store to read from it, with read rights only.
   *
   * @throws IllegalArgumentException if the file does not exist
   */
  UsageStore existingStore(String name) {
    requireStore(name);
    return UsageStore.openReadOnly(name, environment);
  }

  /**
   * Checks that the file of a store exists.
   *
   * @throws IllegalArgumentException if it does not
   */
  void requireStore(String name) {
    if (!name.startsWith("jdbc:") && !Files.exists(Path.of(name))) {
      throw new IllegalArgumentException("there is no store " + StoreName.printable(name));
    }
  }

  CommandContext environment(Map<String, String> other) {
    return new CommandContext(other, clock, mayShowProgress);
  }
}
