package io.simtally.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.store.UsageStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment, clock and terminal of a command.
 *
 * @param environment the variables
 * @param clock the clock by which days end
 * @param mayShowProgress whether a terminal shows a progress bar
 */
record CommandContext(Map<String, String> environment, Clock clock, boolean mayShowProgress) {
  List<Carrier> carriers() {
    return Carriers.of(environment);
  }

  /** The variables of the carriers, for a message that credentials are missing. */
  String missingCredentials() {
    var names =
        carriers().stream()
            .collect(
                groupingBy(
                    Carrier::variables,
                    LinkedHashMap::new,
                    mapping(Carrier::name, joining(" and "))));
    return "no credentials in the environment; set those of a provider: "
        + names.entrySet().stream()
            .map(
                each ->
                    each.getValue()
                        + " "
                        + each.getKey().stream()
                            .map(form -> String.join(" ", form))
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
