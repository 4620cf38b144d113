package io.simtally.fleet.alef;

import static io.simtally.fleet.contract.Question.Finder.exists;
import static io.simtally.fleet.contract.Question.Finder.in;

import io.simtally.alef.Aggregation;
import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.Granularity;
import io.simtally.alef.Metric;
import io.simtally.alef.ReportRequest;
import io.simtally.core.RetryPolicy;
import io.simtally.fleet.contract.CheckScope;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.contract.Contract;
import io.simtally.fleet.contract.Probe;
import io.simtally.fleet.source.Carrier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The check of Alef Connectivity reports. */
record AlefService(Carrier carrier) implements CheckService {
  private static final Contract CONTRACT =
      Contract.read(
          AlefService.class,
          "contract.txt",
          Map.of(
              "alef-numbers", in("/v1/", AlefAnswers::numbers),
              "alef-fractions", in("/v1/", AlefAnswers::fractions),
              "alef-buckets", in("/v1/", AlefAnswers::buckets),
              "alef-v2", exists("/connectivity/v2/report", "v2")));
  private static final String REPORT = "POST /connectivity/v1/report";

  @Override
  public Contract contract() {
    return CONTRACT;
  }

  @Override
  public String baseUrlVariable() {
    return "ALEF_BASE_URL";
  }

  @Override
  public String defaultBaseUrl() {
    return "https://api.alefedge.com";
  }

  @Override
  public String right() {
    return "reports of the account in ALEF_ACCOUNT_ID";
  }

  @Override
  public void validate(Map<String, String> environment) {
    AlefConnectivity.fromEnv(environment).close();
  }

  @Override
  public List<Probe> probes(CheckScope scope) {
    var account = scope.variable("ALEF_ACCOUNT_ID");
    var day = scope.midnight();
    Function<AlefConnectivity, ReportRequest> hours =
        client ->
            client
                .report()
                .account(account)
                .granularity(Granularity.HOUR)
                .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
                .metric(Metric.DOWNLINK_BYTES, Aggregation.COUNT)
                .between(day.plusHours(9), day.plusHours(12));
    var probes = new ArrayList<Probe>();
    probes.add(probe(scope, "apikey", hours).about("hours of the account"));
    // The page of v2 names the parameter of the key differently.
    probes.add(
        probe(scope, "Authorization", hours)
            .at(
                "POST /connectivity/v2/report",
                "/connectivity/v1/report",
                "/connectivity/v2/report"));
    var device = scope.device("msisdn");
    if (device.isEmpty()) {
      probes.add(Probe.needing(REPORT, "an msisdn of " + provider()));
      return probes;
    }
    var msisdn = device.get().id();
    probes.add(
        probe(
                scope,
                "apikey",
                client -> client.subscriberByteUsage(account, msisdn).between(day, day.plusDays(1)))
            .about("bytes of a subscriber"));
    probes.add(
        probe(scope, "apikey", client -> client.maxBandwidthByMsisdn(account, msisdn))
            .about("bandwidth of a subscriber now"));
    return probes;
  }

  private static Probe probe(
      CheckScope scope, String keyParameter, Function<AlefConnectivity, ReportRequest> report) {
    return Probe.of(
        REPORT,
        http -> {
          try (var client =
              AlefConnectivity.builder()
                  .environment(scope.environment())
                  .apiKeyParameter(keyParameter)
                  .httpClient(http)
                  .retryPolicy(RetryPolicy.none())
                  .build()) {
            return report.apply(client).executeWithResponse();
          }
        });
  }
}
