package io.simtally.fleet.iotx;

import io.simtally.core.ApiRequest;
import io.simtally.core.RetryPolicy;
import io.simtally.fleet.contract.CheckScope;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.contract.Contract;
import io.simtally.fleet.contract.Probe;
import io.simtally.fleet.source.Carrier;
import io.simtally.iotx.IotxAnalytics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The check of IoT-X Analytics. */
record IotxService(Carrier carrier) implements CheckService {
  private static final Contract CONTRACT =
      Contract.read(IotxService.class, "contract.txt", IotxAnswers.ALL);
  private static final String USAGE = "GET /analytics/data-usage";
  private static final String SESSIONS = "GET /analytics/session-count";
  private static final String ADDRESSES = "GET /analytics/data-usage-ip-address";

  @Override
  public Contract contract() {
    return CONTRACT;
  }

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
  public void validate(Map<String, String> environment) {
    IotxAnalytics.fromEnv(environment).close();
  }

  @Override
  public List<Probe> probes(CheckScope scope) {
    var from = scope.midnight();
    var noon = from.plusHours(12);
    // Right whether or not the end is included.
    var to = from.plusDays(1).minusSeconds(1);
    var probes = new ArrayList<Probe>();
    probes.add(
        probe(USAGE, scope, client -> client.dataUsage().startDate(from).endDate(noon))
            .about("until noon"));
    probes.add(
        probe(USAGE, scope, client -> client.dataUsage().startDate(noon).endDate(from.plusDays(1)))
            .about("from noon on"));
    probes.add(
        probe(
            "GET /analytics/data-usage-by-subscriber",
            scope,
            client -> client.dataUsageBySubscriber().startDate(from).endDate(to)));
    probes.add(probe(SESSIONS, scope, client -> client.sessionCount().startDate(from).endDate(to)));
    probes.add(
        probe(
            "GET /analytics/data-usage-network-protocol",
            scope,
            client -> client.dataUsageByNetworkProtocol().startDate(from).endDate(to)));
    probes.add(
        probe(
            ADDRESSES, scope, client -> client.dataUsageByIpAddress().startDate(from).endDate(to)));
    var device = scope.device();
    if (device.isEmpty()) {
      Stream.of(USAGE, SESSIONS, ADDRESSES)
          .map(call -> Probe.needing(call + "/{physicalId}", "a device of " + provider()))
          .forEach(probes::add);
      return probes;
    }
    var id = device.get().id();
    probes.add(
        probe(
            USAGE + "/{physicalId}",
            scope,
            client -> client.subscriberDataUsage(id).startDate(from).endDate(to)));
    probes.add(
        probe(
            SESSIONS + "/{physicalId}",
            scope,
            client -> client.subscriberSessionCount(id).startDate(from).endDate(to)));
    probes.add(
        probe(
            ADDRESSES + "/{physicalId}",
            scope,
            client -> client.subscriberDataUsageByIpAddress(id).startDate(from).endDate(to)));
    return probes;
  }

  private static Probe probe(
      String operation, CheckScope scope, Function<IotxAnalytics, ApiRequest<?, ?>> request) {
    return Probe.of(
        operation,
        http -> {
          try (var client =
              IotxAnalytics.builder()
                  .environment(scope.environment())
                  .httpClient(http)
                  .retryPolicy(RetryPolicy.none())
                  .build()) {
            return request.apply(client).executeWithResponse();
          }
        });
  }
}
