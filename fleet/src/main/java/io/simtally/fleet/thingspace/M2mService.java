package io.simtally.fleet.thingspace;

import static io.simtally.fleet.contract.Question.Finder.ends;
import static io.simtally.fleet.contract.Question.Finder.in;

import io.simtally.fleet.contract.CheckScope;
import io.simtally.fleet.contract.Contract;
import io.simtally.fleet.contract.Probe;
import io.simtally.fleet.source.Carrier;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** The check of ThingSpace M2M device usage. */
record M2mService(Carrier carrier) implements ThingSpaceService {
  private static final String USAGE = "/devices/usage/";
  private static final Contract CONTRACT =
      Contract.read(
          M2mService.class,
          "m2m-contract.txt",
          Map.of(
              "m2m-order", in(USAGE, M2mAnswers::order),
              "m2m-status", in(USAGE, M2mAnswers::status),
              "m2m-overlap", ends(".*"),
              "m2m-sources", in(USAGE, M2mAnswers::sources),
              "m2m-figures", in(USAGE, M2mAnswers::figures),
              "m2m-sms", in(USAGE, M2mAnswers::sms),
              "m2m-kind", in(USAGE, M2mAnswers::kind)));
  private static final String HISTORY = "POST /m2m/v1/devices/usage/actions/list";

  @Override
  public Contract contract() {
    return CONTRACT;
  }

  @Override
  public String right() {
    return "the devices of that account";
  }

  @Override
  public void validate(Map<String, String> environment) {
    ThingSpaceM2m.fromEnv(environment).close();
  }

  @Override
  public List<Probe> probes(CheckScope scope) {
    var device = scope.device();
    if (device.isEmpty()) {
      return List.of(Probe.needing(HISTORY, "a device of " + provider()));
    }
    var id = new DeviceId(device.get().kind(), device.get().id());
    var day = scope.midnight();
    return List.of(
        history(scope, id, day.minusDays(6), day).about("seven days"),
        history(scope, id, day, day.plusDays(1)).about("from the last of them on"));
  }

  @Override
  public Probe loginProbe(CheckScope scope) {
    var day = scope.midnight();
    return history(scope, DeviceId.imei("000000000000000"), day, day.plusDays(1));
  }

  private Probe history(CheckScope scope, DeviceId id, OffsetDateTime from, OffsetDateTime to) {
    return Probe.of(
        HISTORY,
        http -> {
          try (var client = configure(ThingSpaceM2m.builder(), scope, http).build()) {
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
