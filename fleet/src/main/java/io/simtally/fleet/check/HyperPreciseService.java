package io.simtally.fleet.check;

import io.simtally.fleet.source.Carrier;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import java.util.List;
import java.util.Objects;

/** ThingSpace Hyper-Precise session reports. */
record HyperPreciseService(Carrier carrier) implements ThingSpaceService {
  private static final String REPORT = "POST /hyper-precise/v1/report/sessions";

  @Override
  public String right() {
    return "Hyper-Precise for that device";
  }

  @Override
  public void build(CheckScope asked) {
    ThingSpaceHyperPrecise.fromEnv(asked.environment()).close();
  }

  @Override
  public List<Probe> probes(CheckScope asked) {
    var device = asked.device(provider(), "imei").filter(imei -> imei.account() != null);
    if (device.isEmpty()) {
      return List.of(Probe.needing(REPORT, "an imei with its account of " + provider()));
    }
    var report = report(asked, Objects.requireNonNull(device.get().account()), device.get().id());
    return List.of(
        report.about("both tokens"),
        report.with(SentTokens.SESSION_ALONE, "session token alone"),
        report.with(SentTokens.BEARER_ALONE, "bearer token alone"));
  }

  @Override
  public Probe loginProbe(CheckScope asked) {
    return report(asked, "0", "000000000000000");
  }

  private Probe report(CheckScope asked, String account, String imei) {
    return Probe.of(
        REPORT,
        (http, credentials) -> {
          try (var client =
              set(ThingSpaceHyperPrecise.builder(), asked, http, credentials).build()) {
            return client
                .sessionReport()
                .accountNumber(account)
                .imei(imei)
                .startDate(asked.midnight().minusDays(6).toInstant())
                .endDate(asked.midnight().plusDays(1).toInstant())
                .executeWithResponse();
          }
        });
  }
}
