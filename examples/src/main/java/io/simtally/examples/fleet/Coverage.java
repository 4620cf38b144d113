package io.simtally.examples.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of the fleet a carrier's figures cover.
 *
 * @param devicesAsked how many devices were asked about, or null if the carrier chose them
 * @param refused the devices that the carrier refused, each with its reason
 */
record Coverage(@Nullable Integer devicesAsked, List<String> refused) {

  Coverage {
    refused = List.copyOf(refused);
  }

  boolean isComplete() {
    return refused.isEmpty();
  }
}
