package io.simtally.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of the fleet a carrier's figures cover.
 *
 * @param devicesAsked how many devices were asked about, or null if the carrier chose them
 * @param refused the devices that the carrier refused, each with its reason
 * @param wholeAccount whether the figures are those of an account, whose devices are not told apart
 */
record FleetCoverage(@Nullable Integer devicesAsked, List<String> refused, boolean wholeAccount) {

  FleetCoverage(@Nullable Integer devicesAsked, List<String> refused) {
    this(devicesAsked, refused, false);
  }

  FleetCoverage {
    refused = List.copyOf(refused);
  }

  boolean isComplete() {
    return refused.isEmpty();
  }
}
