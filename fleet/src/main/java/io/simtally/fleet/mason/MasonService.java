package io.simtally.fleet.mason;

import static io.simtally.fleet.contract.Question.Finder.exists;
import static io.simtally.fleet.contract.Question.Finder.in;

import io.simtally.core.ApiRequest;
import io.simtally.core.RetryPolicy;
import io.simtally.fleet.contract.CheckScope;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.contract.Contract;
import io.simtally.fleet.contract.Probe;
import io.simtally.fleet.source.Carrier;
import io.simtally.mason.MasonUsage;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The check of Mason Connectivity Usage. */
record MasonService(Carrier carrier) implements CheckService {
  private static final Contract CONTRACT =
      Contract.read(
          MasonService.class,
          "contract.txt",
          Map.of(
              "mason-date", in("/data/series/", MasonAnswers::date),
              "mason-series-pages", in("/data/series/", MasonAnswers::seriesPages),
              "mason-cursor", in("/data/", MasonAnswers::cursor),
              "mason-sim-path", exists("/data/series/usage(/sim)?/[{]iccid[}]", "usage"),
              "mason-account-path", exists("/data/series/usage(/sim)?", "usage"),
              "mason-end", in("/data/series/", MasonAnswers::end)));
  private static final String AGGREGATE = "GET /beta/{fleet}/data/aggregate/usage";
  private static final String SERIES = "GET /beta/{fleet}/data/series/usage";

  @Override
  public Contract contract() {
    return CONTRACT;
  }

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
  public void validate(Map<String, String> environment) {
    MasonUsage.fromEnv(environment).close();
  }

  @Override
  public List<Probe> probes(CheckScope scope) {
    var month = YearMonth.from(scope.day());
    var end = scope.midnight();
    var start = end.minusDays(3);
    var probes = new ArrayList<Probe>();
    probes.add(probe(AGGREGATE, scope, client -> client.aggregateAccountUsage().month(month)));
    probes.add(
        probe(AGGREGATE + "/sim", scope, client -> client.aggregateSimUsage().month(month).limit(1))
            .about("the first row"));
    var account = probe(SERIES, scope, client -> client.seriesAccountUsage().start(start).end(end));
    probes.add(account);
    probes.add(account.at(SERIES + "/sim", "/series/usage", "/series/usage/sim"));
    var device = scope.device("iccid");
    if (device.isEmpty()) {
      Stream.of(AGGREGATE, SERIES)
          .map(call -> Probe.needing(call + "/sim/{iccid}", "an iccid of " + provider()))
          .forEach(probes::add);
      return probes;
    }
    var iccid = device.get().id();
    probes.add(
        probe(
            AGGREGATE + "/sim/{iccid}",
            scope,
            client -> client.aggregateSimUsage(iccid).month(month)));
    var sim =
        probe(
            SERIES + "/sim/{iccid}",
            scope,
            client -> client.seriesSimUsage(iccid).start(start).end(end));
    probes.add(sim);
    probes.add(sim.at(SERIES + "/{iccid}", "/series/usage/sim/", "/series/usage/"));
    return probes;
  }

  private static Probe probe(
      String operation, CheckScope scope, Function<MasonUsage, ApiRequest<?, ?>> request) {
    return Probe.of(
        operation,
        http -> {
          try (var client =
              MasonUsage.builder()
                  .environment(scope.environment())
                  .httpClient(http)
                  .retryPolicy(RetryPolicy.none())
                  .build()) {
            return request.apply(client).executeWithResponse();
          }
        });
  }
}
