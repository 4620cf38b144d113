package io.simtally.fleet.thingspace;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.fleet.source.Device;
import io.simtally.fleet.source.EnvironmentCarrier;
import io.simtally.fleet.source.ListedDevices;
import io.simtally.fleet.source.Ranges;
import io.simtally.fleet.source.SourceSettings;
import io.simtally.fleet.source.UsageSource;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** ThingSpace M2M: the daily usage of one device at a time, one record for each source of a day. */
public final class M2mCarrier extends EnvironmentCarrier {
  static final String PROVIDER = "thingspace-m2m";

  private final SharedLogin login;

  public M2mCarrier(SharedLogin login) {
    super("ThingSpace M2M", PROVIDER, SharedLogin.VARIABLES, login.environment());
    this.login = login;
    // So that a missing jar is noticed here, and not when it is opened.
    ThingSpaceM2m.builder();
  }

  @Override
  public String deviceRequirement() {
    return "its devices";
  }

  @Override
  public boolean isWanted(ListedDevices listed) {
    // With Hyper-Precise devices alone, the credentials are meant for these.
    return listed.has(PROVIDER) || (hasCredentials() && !listed.has(HyperPreciseCarrier.PROVIDER));
  }

  @Override
  public void check(Device device) {
    new DeviceId(device.kind(), device.id());
  }

  @Override
  public UsageSource open(ListedDevices listed, SourceSettings settings) {
    var client = login.on(settings.on(ThingSpaceM2m.builder())).build();
    return new Source(client, listed.required(PROVIDER));
  }

  private record Source(ThingSpaceM2m client, Iterable<Device> listed) implements UsageSource {
    @Override
    public String provider() {
      return PROVIDER;
    }

    @Override
    public Iterable<Device> devices(DayRange days) {
      return listed;
    }

    /** By the page long ranges "may time out": "try sending two or more requests". */
    @Override
    public CompletableFuture<List<UsageRecord>> read(Device device, DayRange days) {
      return Ranges.halving(days, part -> usage(device, part));
    }

    private CompletableFuture<List<UsageRecord>> usage(Device device, DayRange days) {
      return client
          .usageHistory()
          .device(new DeviceId(device.kind(), device.id()))
          .earliest(days.start())
          // ThingSpace includes this moment, so it must lie before the next day.
          .latest(days.end().minusSeconds(1))
          .executeAllAsync()
          .thenApply(
              history ->
                  history.items().stream()
                      .map(day -> day.usageRecord(device.id()))
                      .filter(day -> days.contains(day.start()))
                      .toList());
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
