package io.simtally.fleet.thingspace;

import static io.simtally.fleet.contract.Question.Finder.in;

import io.simtally.fleet.contract.CheckScope;
import io.simtally.fleet.contract.Contract;
import io.simtally.fleet.contract.Probe;
import io.simtally.fleet.source.Carrier;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The check of ThingSpace Hyper-Precise session reports. */
record HyperPreciseService(Carrier carrier) implements ThingSpaceService {
  private static final String SESSIONS = "/report/sessions";
  private static final Contract CONTRACT =
      Contract.read(
          HyperPreciseService.class,
          "hyperprecise-contract.txt",
          Map.of(
              "hyper-precise-tokens", HyperPreciseAnswers::tokens,
              "hyper-precise-dates", in(SESSIONS, HyperPreciseAnswers::dates),
              "hyper-precise-id", in(SESSIONS, HyperPreciseAnswers::id),
              "hyper-precise-no-sessions", in(SESSIONS, HyperPreciseAnswers::noSessions)));
  private static final String REPORT = "POST /hyper-precise/v1/report/sessions";

  @Override
  public Contract contract() {
    return CONTRACT;
  }

  @Override
  public String right() {
    return "Hyper-Precise for that device";
  }

  @Override
  public void validate(Map<String, String> environment) {
    ThingSpaceHyperPrecise.fromEnv(environment).close();
  }

  @Override
  public List<Probe> probes(CheckScope scope) {
    var report =
        scope
            .device("imei")
            .flatMap(
                device ->
                    Optional.ofNullable(device.account())
                        .map(account -> report(scope, account, device.id())));
    return report
        .map(
            both ->
                List.of(
                    both.about("both tokens"),
                    both.without(HyperPreciseAnswers.BEARER, "session token alone"),
                    both.without(HyperPreciseAnswers.SESSION, "bearer token alone")))
        .orElseGet(
            () -> List.of(Probe.needing(REPORT, "an imei with its account of " + provider())));
  }

  @Override
  public Probe loginProbe(CheckScope scope) {
    return report(scope, "0", "000000000000000");
  }

  private Probe report(CheckScope scope, String account, String imei) {
    return Probe.of(
        REPORT,
        http -> {
          try (var client = configure(ThingSpaceHyperPrecise.builder(), scope, http).build()) {
            return client
                .sessionReport()
                .accountNumber(account)
                .imei(imei)
                .startDate(scope.midnight().minusDays(6).toInstant())
                .endDate(scope.midnight().plusDays(1).toInstant())
                .executeWithResponse();
          }
        });
  }
}
