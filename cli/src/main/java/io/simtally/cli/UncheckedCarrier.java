package io.simtally.cli;

import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import java.util.List;

/**
 * A carrier that any device may be listed of. {@code check} asks about one device also where a
 * sync, which reads the whole account at once, takes none.
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
    // A kind that is not asked about is left out by the check itself.
  }

  @Override
  public UsageSource open(ListedDevices listed, SourceSettings settings) {
    return carrier.open(listed, settings);
  }
}
