package io.simtally.examples.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of the fleet a carrier's figures cover.
 *
 * @param devicesAsked how many devices were asked about, or null if the carrier chose them
 * @param refused the devices that the carrier refused, each with its reason
 * @param wholeAccount whether the figures are those of an account, whose devices are not told apart
 */
record Coverage(@Nullable Integer devicesAsked, List<String> refused, boolean wholeAccount) {

  Coverage(@Nullable Integer devicesAsked, List<String> refused) {
    this(devicesAsked, refused, false);
  }

  Coverage {
    refused = List.copyOf(refused);
  }

  boolean isComplete() {
    return refused.isEmpty();
  }
}
