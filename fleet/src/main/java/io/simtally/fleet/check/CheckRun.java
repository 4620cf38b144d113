package io.simtally.fleet.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.simtally.core.ApiException;
import io.simtally.fleet.check.CheckLine.Outcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** One run of a check: what it has found so far holds for the services that follow. */
final class CheckRun {
  private final CheckScope asked;
  private final Clock clock;
  private final Consumer<CheckLine> listener;
  private final RequestRecorder wire;
  private final OkHttpClient wired;
  private final ThingSpaceSession session;
  private final CallLines callLines;
  private final Map<String, ConnectivityCheck> reached = new HashMap<>();

  CheckRun(CheckScope asked, OkHttpClient http, Clock clock, Consumer<CheckLine> listener) {
    this.asked = asked;
    this.clock = clock;
    this.listener = listener;
    wire = new RequestRecorder(clock);
    wired = http.newBuilder().retryOnConnectionFailure(false).addNetworkInterceptor(wire).build();
    session = new ThingSpaceSession(wire);
    callLines = new CallLines(asked);
  }

  CheckReport report(List<Service> services) {
    var findings = services.stream().map(this::check).toList();
    return new CheckReport(clock.instant(), wire.version(), findings, wire.count());
  }

  private CheckReport.Finding check(Service service) {
    var contract = new ContractCheck();
    var lines = new ArrayList<CheckLine>();
    check(
        service,
        contract,
        line -> {
          lines.add(line);
          listener.accept(line);
        });
    return new CheckReport.Finding(
        service.provider(),
        service.baseUrl(asked).equals(service.defaultBaseUrl()) ? service.defaultBaseUrl() : "",
        List.copyOf(lines),
        contract.differences(),
        contract.settled());
  }

  private void check(Service service, ContractCheck contract, Consumer<CheckLine> tell) {
    var variables = variables(service);
    tell.accept(variables);
    var address = HttpUrl.parse(service.baseUrl(asked));
    if (variables.outcome() == Outcome.FAILED || address == null) {
      return;
    }
    var reach = reach(service, address);
    reach.lines().forEach(tell);
    if (!reach.isOpen()) {
      tell.accept(CheckLine.skipped(service.provider(), "call", "none was made"));
      return;
    }
    if (service.hasLogin()) {
      var login = session.open(service, asked, wired);
      tell.accept(login);
      if (login.outcome() == Outcome.FAILED) {
        tell.accept(CheckLine.skipped(service.provider(), "call", "none was made"));
        return;
      }
    } else {
      tell.accept(
          CheckLine.note(service.provider(), "login", "none: the credential goes with each call"));
    }
    calls(service, contract, tell);
    page(service, contract, tell);
  }

  private ConnectivityCheck reach(Service service, HttpUrl address) {
    var known = reached.get(address.toString());
    if (known != null) {
      return known.as(service);
    }
    var found = ConnectivityCheck.of(service, address, wired, wire, clock.instant());
    reached.put(address.toString(), found);
    return found;
  }

  private void calls(Service service, ContractCheck contract, Consumer<CheckLine> tell) {
    var looked = wired.newBuilder().addInterceptor(contract).build();
    var probes = service.probes(asked);
    for (var i = 0; i < probes.size(); i++) {
      var probe = probes.get(i);
      if (probe.ask() == null) {
        tell.accept(
            CheckLine.skipped(service.provider(), "call", probe.operation() + " " + probe.about()));
        continue;
      }
      var failure = call(service, probe, looked, tell);
      if (failure != null && !probe.isQuestion() && isOfAllCalls(failure)) {
        var left = probes.stream().skip(i + 1L).filter(one -> one.ask() != null).count();
        if (left > 0) {
          tell.accept(
              CheckLine.skipped(
                  service.provider(),
                  "call",
                  left
                      + " more "
                      + (left == 1 ? "was" : "were")
                      + " not made: the same would come"));
        }
        return;
      }
    }
  }

  private @Nullable ApiException call(
      Service service, Probe probe, OkHttpClient looked, Consumer<CheckLine> tell) {
    var before = wire.count();
    try {
      var answer = probe.ask(looked, session.credentials().orElse(null));
      var sent = wire.last().orElseThrow();
      tell.accept(callLines.answered(service, probe, answer.requestId(), sent));
      return null;
    } catch (ApiException e) {
      var sent = wire.count() > before ? wire.last().orElse(null) : null;
      tell.accept(callLines.failed(service, probe, e, sent));
      return e;
    }
  }

  private void page(Service service, ContractCheck contract, Consumer<CheckLine> tell) {
    var provider = service.provider();
    if (contract.compared() > 0 && contract.differences().isEmpty()) {
      tell.accept(
          CheckLine.good(provider, "page", "every answer has the shape that the page shows"));
    }
    contract
        .differences()
        .forEach(
            difference -> tell.accept(CheckLine.note(provider, "page", difference.toString())));
    var settled = contract.settled();
    settled.stream()
        .collect(groupingBy(ResolvedQuestion::id, LinkedHashMap::new, toList()))
        .values()
        .forEach(answers -> tell.accept(CheckLine.note(provider, "page", words(answers))));
  }

  /** The answers to one question. */
  private static String words(List<ResolvedQuestion> answers) {
    var one = answers.get(0);
    var calls =
        answers.stream()
            .collect(
                groupingBy(
                    ResolvedQuestion::answer,
                    LinkedHashMap::new,
                    mapping(ResolvedQuestion::operation, joining(", "))));
    // Where the answer is a path, it says of which call.
    var tellsItself =
        calls.size() == 1
            || one.id().endsWith("-path")
            || answers.stream().map(ResolvedQuestion::operation).distinct().count() == 1;
    var all =
        calls.entrySet().stream()
            .map(answer -> answer.getKey() + (tellsItself ? "" : " at " + answer.getValue()))
            .collect(joining("; "));
    return one.question() + " " + all + ". " + one.decision() + " (" + one.id() + ")";
  }

  private CheckLine variables(Service service) {
    var provider = service.provider();
    var present = new ArrayList<>(service.present(asked));
    if (!service.isComplete(asked)) {
      return CheckLine.failed(
              provider,
              "variables",
              "half of the credentials: there is " + String.join(", ", present),
              "set " + String.join(", or else ", service.missing(asked)))
          .with(Map.of("present", String.join(", ", present)));
    }
    try {
      service.build(asked);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return CheckLine.failed(
          provider, "variables", String.valueOf(e.getMessage()), "mend that variable");
    }
    if (!asked.variable(service.baseUrlVariable()).isBlank()) {
      present.add(service.baseUrlVariable());
    }
    var names = String.join(", ", present);
    return CheckLine.good(provider, "variables", names).with(Map.of("present", names));
  }

  /** What is sure to come of the next call too. */
  private static boolean isOfAllCalls(ApiException failure) {
    return switch (failure.kind()) {
      case UNAUTHENTICATED, RATE_LIMITED, CONNECTION, TIMEOUT, CANCELLED -> true;
      default -> false;
    };
  }
}
