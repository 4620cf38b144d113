package io.simtally.fleet.check;

import io.simtally.core.ApiResponse;
import io.simtally.core.RetryPolicy;
import io.simtally.fleet.source.Carrier;
import io.simtally.mason.MasonUsage;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Mason Connectivity Usage. */
record MasonService(Carrier carrier) implements Service {
  private static final String AGGREGATE = "GET /beta/{fleet}/data/aggregate/usage";
  private static final String SERIES = "GET /beta/{fleet}/data/series/usage";

  @Override
  public String baseUrlVariable() {
    return "MASON_BASE_URL";
  }

  @Override
  public String defaultBaseUrl() {
    return "https://api.bymason.com";
  }

  @Override
  public String right() {
    return "the scope connect:read";
  }

  @Override
  public void build(CheckScope asked) {
    MasonUsage.fromEnv(asked.environment()).close();
  }

  @Override
  public List<Probe> probes(CheckScope asked) {
    var month = YearMonth.from(asked.day());
    var account =
        probe(
            SERIES,
            asked,
            client ->
                client
                    .seriesAccountUsage()
                    .start(asked.midnight().minusDays(3))
                    .end(asked.midnight())
                    .executeWithResponse());
    var ofAll =
        List.of(
            probe(
                AGGREGATE,
                asked,
                client -> client.aggregateAccountUsage().month(month).executeWithResponse()),
            probe(
                    AGGREGATE + "/sim",
                    asked,
                    client ->
                        client.aggregateSimUsage().month(month).limit(1).executeWithResponse())
                .about("the first row"),
            account,
            account.at(SERIES + "/sim", "/series/usage", "/series/usage/sim"));
    return Stream.concat(ofAll.stream(), ofOneSim(asked, month).stream()).toList();
  }

  private List<Probe> ofOneSim(CheckScope asked, YearMonth month) {
    var device = asked.device(provider(), "iccid");
    if (device.isEmpty()) {
      return Stream.of(AGGREGATE + "/sim/{iccid}", SERIES + "/sim/{iccid}")
          .map(operation -> Probe.needing(operation, "an iccid of " + provider()))
          .toList();
    }
    var iccid = device.get().id();
    var series =
        probe(
            SERIES + "/sim/{iccid}",
            asked,
            client ->
                client
                    .seriesSimUsage(iccid)
                    .start(asked.midnight().minusDays(3))
                    .end(asked.midnight())
                    .executeWithResponse());
    return List.of(
        probe(
            AGGREGATE + "/sim/{iccid}",
            asked,
            client -> client.aggregateSimUsage(iccid).month(month).executeWithResponse()),
        series,
        series.at(SERIES + "/{iccid}", "/series/usage/sim/", "/series/usage/"));
  }

  private static Probe probe(
      String operation, CheckScope asked, Function<MasonUsage, ApiResponse<?>> call) {
    return Probe.of(
        operation,
        (http, credentials) -> {
          try (var client =
              MasonUsage.builder()
                  .environment(asked.environment())
                  .httpClient(http)
                  .retryPolicy(RetryPolicy.none())
                  .build()) {
            return call.apply(client);
          }
        });
  }
}
