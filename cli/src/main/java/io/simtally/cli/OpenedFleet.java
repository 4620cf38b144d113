package io.simtally.cli;

import io.simtally.cli.usage.CarrierFailure;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The opened sources of a fleet. A carrier that cannot be opened is a failure of its own.
 *
 * @param carriers all carriers to read
 * @param listed the devices of the devices file
 * @param sources the opened ones
 * @param failures the carriers that could not be opened
 * @param simulated the simulators in place of the providers, or null
 */
record OpenedFleet(
    List<Carrier> carriers,
    ListedDevices listed,
    List<UsageSource> sources,
    List<CarrierFailure> failures,
    @Nullable SimulatedFleet simulated)
    implements AutoCloseable {

  static OpenedFleet of(
      List<Carrier> carriers,
      ListedDevices listed,
      SourceSettings settings,
      @Nullable SimulatedFleet simulated) {
    var sources = new ArrayList<UsageSource>();
    var failures = new ArrayList<CarrierFailure>();
    for (var carrier : carriers) {
      try {
        sources.add(carrier.open(listed, settings));
      } catch (IllegalStateException | IllegalArgumentException e) {
        failures.add(new CarrierFailure(carrier.name(), e));
      }
    }
    return new OpenedFleet(carriers, listed, sources, failures, simulated);
  }

  /** Returns the display name of a carrier. */
  String nameOf(String provider) {
    return carriers.stream()
        .filter(carrier -> carrier.provider().equals(provider))
        .map(Carrier::name)
        .findFirst()
        .orElse(provider);
  }

  @Override
  public void close() {
    sources.forEach(UsageSource::close);
    if (simulated != null) {
      simulated.close();
    }
  }
}
