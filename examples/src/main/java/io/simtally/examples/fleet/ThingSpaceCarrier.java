package io.simtally.examples.fleet;

import io.simtally.core.UsageRecord;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.util.List;

/** ThingSpace M2M: the daily usage of one device at a time, all its rows added up. */
final class ThingSpaceCarrier implements Carrier {

  static final String PROVIDER = "thingspace-m2m";

  private final ThingSpaceLogin login;

  ThingSpaceCarrier(ThingSpaceLogin login) {
    this.login = login;
  }

  @Override
  public String name() {
    return "ThingSpace M2M";
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public List<List<String>> credentials() {
    return ThingSpaceLogin.VARIABLES;
  }

  @Override
  public String neededDevices() {
    return "its devices";
  }

  @Override
  public boolean isWanted(boolean hasCredentials, DeviceList listed) {
    // With Hyper-Precise devices alone, the credentials are meant for these.
    return !listed.of(provider()).isEmpty()
        || (hasCredentials && listed.of(HyperPreciseCarrier.PROVIDER).isEmpty());
  }

  @Override
  public UsageSource open(List<Device> devices) {
    ThingSpaceM2m client =
        login.server(ThingSpaceM2m.builder()).credentials(login.credentials()).build();
    return source(client, devices);
  }

  @Override
  public UsageSource simulate(int devices, Period period) {
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder().devices(devices).days(period.from(), period.to()).build();
    List<Device> simulated =
        simulator.devices().stream().map(device -> new Device(device.kind(), device.id())).toList();
    return SimulatedSource.open(
        simulator.start(), url -> source(client(simulator, url), simulated));
  }

  private static ThingSpaceM2m client(ThingSpaceSimulator simulator, String url) {
    return ThingSpaceM2m.builder()
        .baseUrl(url)
        .credentials(
            ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
                .login(simulator.username(), simulator.password()))
        .build();
  }

  private static UsageSource source(ThingSpaceM2m client, List<Device> devices) {
    return new DeviceByDevice(
        devices, (device, period) -> usage(client, device, period), client::close);
  }

  private static List<UsageRecord> usage(ThingSpaceM2m client, Device device, Period period) {
    return client
        .usageHistory()
        .device(new DeviceId(device.kind(), device.id()))
        .earliest(period.start())
        // ThingSpace includes this moment, so it must lie before the next day.
        .latest(period.end().minusSeconds(1))
        .stream()
        .map(day -> day.usageRecord(device.id()))
        .toList();
  }
}
