package io.simtally.cli;

import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import java.util.List;

/**
 * A carrier that takes any device of a devices file. {@code check} asks every service about one
 * device; a sync reads some accounts as a whole and refuses their devices.
 */
record UncheckedCarrier(Carrier carrier) implements Carrier {
  @Override
  public String name() {
    return carrier.name();
  }

  @Override
  public String provider() {
    return carrier.provider();
  }

  @Override
  public List<List<String>> variables() {
    return carrier.variables();
  }

  @Override
  public boolean hasCredentials() {
    return carrier.hasCredentials();
  }

  @Override
  public void check(Device device) {
    // The check itself leaves out kinds that it does not ask about.
  }

  @Override
  public UsageSource open(ListedDevices listed, SourceSettings settings) {
    return carrier.open(listed, settings);
  }
}
