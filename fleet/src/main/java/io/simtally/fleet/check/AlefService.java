package io.simtally.fleet.check;

import io.simtally.alef.Aggregation;
import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.Granularity;
import io.simtally.alef.Metric;
import io.simtally.alef.ReportRequest;
import io.simtally.core.RetryPolicy;
import io.simtally.fleet.source.Carrier;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Alef Connectivity reports. */
record AlefService(Carrier carrier) implements Service {
  private static final String REPORT = "POST /connectivity/v1/report";

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
  public void build(CheckScope asked) {
    AlefConnectivity.fromEnv(asked.environment()).close();
  }

  @Override
  public List<Probe> probes(CheckScope asked) {
    var account = asked.variable("ALEF_ACCOUNT_ID");
    Function<AlefConnectivity, ReportRequest> hours =
        client ->
            client
                .report()
                .account(account)
                .granularity(Granularity.HOUR)
                .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
                .metric(Metric.DOWNLINK_BYTES, Aggregation.COUNT)
                .between(asked.midnight().plusHours(9), asked.midnight().plusHours(12));
    var ofAll =
        List.of(
            probe(asked, "apikey", hours).about("hours of the account"),
            // The key goes there by another name, by v2's page.
            probe(asked, "Authorization", hours)
                .about("")
                .at(
                    "POST /connectivity/v2/report",
                    "/connectivity/v1/report",
                    "/connectivity/v2/report"));
    return Stream.concat(ofAll.stream(), ofOneSubscriber(asked, account).stream()).toList();
  }

  private List<Probe> ofOneSubscriber(CheckScope asked, String account) {
    var device = asked.device(provider(), "msisdn");
    if (device.isEmpty()) {
      return List.of(Probe.needing(REPORT, "an msisdn of " + provider()));
    }
    var msisdn = device.get().id();
    return List.of(
        probe(
                asked,
                "apikey",
                client ->
                    client
                        .subscriberByteUsage(account, msisdn)
                        .between(asked.midnight(), asked.midnight().plusDays(1)))
            .about("bytes of a subscriber"),
        probe(asked, "apikey", client -> client.maxBandwidthByMsisdn(account, msisdn))
            .about("bandwidth of a subscriber now"));
  }

  private static Probe probe(
      CheckScope asked, String keyParameter, Function<AlefConnectivity, ReportRequest> report) {
    return Probe.of(
        REPORT,
        (http, credentials) -> {
          try (var client =
              AlefConnectivity.builder()
                  .environment(asked.environment())
                  .apiKeyParameter(keyParameter)
                  .httpClient(http)
                  .retryPolicy(RetryPolicy.none())
                  .build()) {
            return report.apply(client).executeWithResponse();
          }
        });
  }
}
