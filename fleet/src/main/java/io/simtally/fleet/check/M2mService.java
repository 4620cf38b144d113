package io.simtally.fleet.check;

import io.simtally.fleet.source.Carrier;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.OffsetDateTime;
import java.util.List;

/** ThingSpace M2M device usage. */
record M2mService(Carrier carrier) implements ThingSpaceService {
  private static final String HISTORY = "POST /m2m/v1/devices/usage/actions/list";

  @Override
  public String right() {
    return "the devices of that account";
  }

  @Override
  public void build(CheckScope asked) {
    ThingSpaceM2m.fromEnv(asked.environment()).close();
  }

  @Override
  public List<Probe> probes(CheckScope asked) {
    var device = asked.device(provider());
    if (device.isEmpty()) {
      return List.of(Probe.needing(HISTORY, "a device of " + provider()));
    }
    var id = new DeviceId(device.get().kind(), device.get().id());
    var day = asked.midnight();
    return List.of(
        history(asked, id, day.minusDays(6), day).about("seven days"),
        history(asked, id, day, day.plusDays(1)).about("from the last of them on"));
  }

  @Override
  public Probe loginProbe(CheckScope asked) {
    return history(
        asked, DeviceId.imei("000000000000000"), asked.midnight(), asked.midnight().plusDays(1));
  }

  private Probe history(CheckScope asked, DeviceId id, OffsetDateTime from, OffsetDateTime to) {
    return Probe.of(
        HISTORY,
        (http, credentials) -> {
          try (var client = set(ThingSpaceM2m.builder(), asked, http, credentials).build()) {
            return client
                .usageHistory()
                .device(id)
                .earliest(from.toInstant())
                .latest(to.toInstant())
                .executeWithResponse();
          }
        });
  }
}
