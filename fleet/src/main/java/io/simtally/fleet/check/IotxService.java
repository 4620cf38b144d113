package io.simtally.fleet.check;

import io.simtally.core.ApiResponse;
import io.simtally.core.RetryPolicy;
import io.simtally.fleet.source.Carrier;
import io.simtally.iotx.IotxAnalytics;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** IoT-X Analytics. */
record IotxService(Carrier carrier) implements Service {

  @Override
  public String baseUrlVariable() {
    return "IOTX_BASE_URL";
  }

  @Override
  public String defaultBaseUrl() {
    return "https://api.iot-x.com";
  }

  @Override
  public String right() {
    return "the permission View Statistics Overview, and View Subscriber for calls of one";
  }

  @Override
  public void build(CheckScope asked) {
    IotxAnalytics.fromEnv(asked.environment()).close();
  }

  @Override
  public List<Probe> probes(CheckScope asked) {
    var start = asked.midnight();
    var noon = start.plusHours(12);
    // Right whether or not the end is included.
    var lastSecond = start.plusDays(1).minusSeconds(1);
    var probes = new ArrayList<Probe>();
    probes.add(directions(asked, start, noon).about("until noon"));
    probes.add(directions(asked, noon, start.plusDays(1)).about("from noon on"));
    probes.add(
        probe(
            "GET /analytics/data-usage-by-subscriber",
            asked,
            client ->
                client
                    .dataUsageBySubscriber()
                    .startDate(start)
                    .endDate(lastSecond)
                    .executeWithResponse()));
    probes.add(
        probe(
            "GET /analytics/session-count",
            asked,
            client ->
                client.sessionCount().startDate(start).endDate(lastSecond).executeWithResponse()));
    probes.add(
        probe(
            "GET /analytics/data-usage-network-protocol",
            asked,
            client ->
                client
                    .dataUsageByNetworkProtocol()
                    .startDate(start)
                    .endDate(lastSecond)
                    .executeWithResponse()));
    probes.add(
        probe(
            "GET /analytics/data-usage-ip-address",
            asked,
            client ->
                client
                    .dataUsageByIpAddress()
                    .startDate(start)
                    .endDate(lastSecond)
                    .executeWithResponse()));
    probes.addAll(ofOneSubscriber(asked, start, lastSecond));
    return probes;
  }

  private static Probe directions(CheckScope asked, OffsetDateTime from, OffsetDateTime to) {
    return probe(
        "GET /analytics/data-usage",
        asked,
        client -> client.dataUsage().startDate(from).endDate(to).executeWithResponse());
  }

  private List<Probe> ofOneSubscriber(CheckScope asked, OffsetDateTime from, OffsetDateTime to) {
    var usage = "GET /analytics/data-usage/{physicalId}";
    var sessions = "GET /analytics/session-count/{physicalId}";
    var addresses = "GET /analytics/data-usage-ip-address/{physicalId}";
    var device = asked.device(provider());
    if (device.isEmpty()) {
      return List.of(usage, sessions, addresses).stream()
          .map(operation -> Probe.needing(operation, "a device of " + provider()))
          .toList();
    }
    var id = device.get().id();
    return List.of(
        probe(
            usage,
            asked,
            client ->
                client.subscriberDataUsage(id).startDate(from).endDate(to).executeWithResponse()),
        probe(
            sessions,
            asked,
            client ->
                client
                    .subscriberSessionCount(id)
                    .startDate(from)
                    .endDate(to)
                    .executeWithResponse()),
        probe(
            addresses,
            asked,
            client ->
                client
                    .subscriberDataUsageByIpAddress(id)
                    .startDate(from)
                    .endDate(to)
                    .executeWithResponse()));
  }

  private static Probe probe(
      String operation, CheckScope asked, Function<IotxAnalytics, ApiResponse<?>> call) {
    return Probe.of(
        operation,
        (http, credentials) -> {
          try (var client =
              IotxAnalytics.builder()
                  .environment(asked.environment())
                  .httpClient(http)
                  .retryPolicy(RetryPolicy.none())
                  .build()) {
            return call.apply(client);
          }
        });
  }
}
