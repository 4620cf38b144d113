package io.simtally.cli.usage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of the fleet a carrier's figures cover.
 *
 * @param devicesAsked how many devices were asked about, or null if the carrier chose them
 * @param refused the devices that the carrier refused, each with its reason
 * @param wholeAccount whether the figures are those of an account, whose devices are not told apart
 */
public record FleetCoverage(
    @Nullable Integer devicesAsked, List<String> refused, boolean wholeAccount) {

  public FleetCoverage(@Nullable Integer devicesAsked, List<String> refused) {
    this(devicesAsked, refused, false);
  }

  public FleetCoverage {
    refused = List.copyOf(refused);
  }

  public boolean isComplete() {
    return refused.isEmpty();
  }
}
