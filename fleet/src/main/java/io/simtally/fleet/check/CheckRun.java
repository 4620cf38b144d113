package io.simtally.fleet.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.simtally.core.ApiException;
import io.simtally.fleet.check.CheckLine.Outcome;
import io.simtally.fleet.check.RequestRecorder.LoginOnly;
import io.simtally.fleet.contract.CheckLogin;
import io.simtally.fleet.contract.CheckScope;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.contract.Probe;
import io.simtally.fleet.source.Carrier;
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

/** One run of a check. Services at the same address share its connectivity check and its login. */
final class CheckRun {
  private final ServiceCheck check;
  private final Clock clock;
  private final RequestRecorder wire;
  private final OkHttpClient http;
  private final CallLines callLines;
  private final Map<HttpUrl, ConnectivityCheck> reached = new HashMap<>();
  private final Map<HttpUrl, Login> logins = new HashMap<>();

  /** The result of a login: the environment of the calls after it, empty if it failed. */
  private record Login(CheckLine line, Map<String, String> environment) {
    @Override
    public String toString() {
      return line.toString();
    }
  }

  CheckRun(ServiceCheck check, OkHttpClient http, Clock clock) {
    this.check = check;
    this.clock = clock;
    wire = new RequestRecorder(clock);
    callLines = new CallLines(check.customerWords());
    this.http =
        http.newBuilder().retryOnConnectionFailure(false).addNetworkInterceptor(wire).build();
  }

  CheckReport report(List<CheckService> services, Consumer<CheckLine> listener) {
    var findings = services.stream().map(service -> find(service, listener)).toList();
    return new CheckReport(clock.instant(), wire.version(), findings, wire.count());
  }

  private CheckReport.Finding find(CheckService service, Consumer<CheckLine> listener) {
    var contract = new ContractCheck();
    var lines = new ArrayList<CheckLine>();
    check(
        service,
        contract,
        line -> {
          var named = check.named(line.of(service.provider()));
          lines.add(named);
          listener.accept(named);
        });
    var ownAddress = service.defaultBaseUrl();
    return new CheckReport.Finding(
        service.provider(),
        service.baseUrl(check.scope(service)).equals(ownAddress) ? ownAddress : "",
        lines,
        contract.differences(),
        contract.settled());
  }

  private void check(CheckService service, ContractCheck contract, Consumer<CheckLine> lines) {
    var scope = check.scope(service);
    var variables = check.variables(service);
    lines.accept(variables);
    var address = HttpUrl.parse(service.baseUrl(scope));
    if (variables.outcome() == Outcome.FAILED || address == null) {
      return;
    }
    var reach =
        reached.computeIfAbsent(
            address, any -> ConnectivityCheck.of(service, any, http, wire, clock.instant()));
    reach.lines().forEach(lines);
    if (reach.isOpen()) {
      var environment = logIn(service, scope, address, lines);
      if (!environment.isEmpty()) {
        var open = new CheckScope(environment, scope.day(), scope.listed());
        call(service, service.probes(open), contract, lines);
        compare(contract, lines);
        if (contract.compared() > 0) {
          lines.accept(settling(service.carrier()));
        }
        return;
      }
    }
    lines.accept(CheckLine.skipped("call", "none was sent"));
  }

  private Map<String, String> logIn(
      CheckService service, CheckScope scope, HttpUrl address, Consumer<CheckLine> lines) {
    var login = service.login(scope);
    if (login == null) {
      lines.accept(CheckLine.note("login", "none: the credential goes with each call"));
      return scope.environment();
    }
    var earlier = logins.get(address);
    var result = earlier == null ? send(service, login, scope) : again(earlier);
    logins.putIfAbsent(address, result);
    lines.accept(result.line());
    return result.environment();
  }

  private static Login again(Login earlier) {
    var line =
        earlier.line().outcome() == Outcome.FAILED
            ? CheckLine.failed(
                "login",
                "it was refused before in this run, and is not sent again",
                earlier.line().advice())
            : CheckLine.good("login", "the session that is open");
    return new Login(line, earlier.environment());
  }

  private Login send(CheckService service, CheckLogin login, CheckScope scope) {
    if (!login.openSession().isEmpty()) {
      return new Login(
          CheckLine.note("login", "none: " + login.openSession() + " is an open session"),
          scope.environment());
    }
    var before = wire.count();
    wire.beginLogin();
    try {
      login.probe().tagged(LoginOnly.class, LoginOnly.YES).ask(http);
    } catch (ApiException e) {
      var signed = wire.endLogin();
      var requests = wire.count() - before;
      if (signed.isPresent()) {
        return new Login(
            CheckLine.good("login", "accepted").with(Map.of("requests", requests)),
            login.session(signed.get()));
      }
      var facts = CallLines.facts(service, e);
      facts.put("requests", requests);
      var refused = CheckLine.failed("login", CallLines.text(e), login.advice(e)).with(facts);
      return new Login(refused, Map.of());
    }
    throw new IllegalStateException("a request that only needs its login was sent");
  }

  private void call(
      CheckService service, List<Probe> probes, ContractCheck contract, Consumer<CheckLine> lines) {
    var compared = http.newBuilder().addInterceptor(contract).build();
    for (var i = 0; i < probes.size(); i++) {
      var probe = probes.get(i);
      if (probe.ask() == null) {
        lines.accept(CheckLine.skipped("call", probe.operation() + " " + probe.about()));
        continue;
      }
      var failure = call(service, probe, compared, lines);
      if (failure != null && !probe.isQuestion() && concernsAllCalls(failure)) {
        var left = probes.stream().skip(i + 1L).filter(each -> each.ask() != null).count();
        if (left > 0) {
          var were = left == 1 ? " more was" : " more were";
          lines.accept(
              CheckLine.skipped("call", left + were + " not sent: the result would be the same"));
        }
        return;
      }
    }
  }

  private @Nullable ApiException call(
      CheckService service, Probe probe, OkHttpClient compared, Consumer<CheckLine> lines) {
    var before = wire.count();
    try {
      var answer = probe.ask(compared);
      lines.accept(callLines.answered(probe, answer.requestId(), wire.last().orElseThrow()));
      return null;
    } catch (ApiException e) {
      var sent = wire.count() > before ? wire.last().orElse(null) : null;
      lines.accept(callLines.failed(service, probe, e, sent));
      return e;
    }
  }

  /** Returns whether the next call would fail too. */
  private static boolean concernsAllCalls(ApiException failure) {
    return switch (failure.kind()) {
      case UNAUTHENTICATED, RATE_LIMITED, CONNECTION, TIMEOUT, CANCELLED -> true;
      default -> false;
    };
  }

  private static CheckLine settling(Carrier carrier) {
    return CheckLine.note(
        "page",
        "a day settles "
            + carrier.settleAfterDays()
            + " days after its end: "
            + carrier.settleReason());
  }

  private static void compare(ContractCheck contract, Consumer<CheckLine> lines) {
    var differences = contract.differences();
    if (contract.compared() > 0 && differences.isEmpty()) {
      lines.accept(CheckLine.good("page", "every answer has the shape that the page shows"));
    }
    differences.forEach(each -> lines.accept(CheckLine.note("page", each.toString())));
    contract.settled().stream()
        .collect(groupingBy(ResolvedQuestion::id, LinkedHashMap::new, toList()))
        .values()
        .forEach(answers -> lines.accept(CheckLine.note("page", words(answers))));
  }

  /** Returns the answers to one question, each with its calls unless the answer names them. */
  private static String words(List<ResolvedQuestion> answers) {
    var one = answers.get(0);
    var calls =
        answers.stream()
            .collect(
                groupingBy(
                    ResolvedQuestion::answer,
                    LinkedHashMap::new,
                    mapping(ResolvedQuestion::operation, joining(", "))));
    // An answer to a question about a path names its path.
    var namesCalls =
        calls.size() > 1
            && !one.id().endsWith("-path")
            && answers.stream().map(ResolvedQuestion::operation).distinct().count() > 1;
    var all =
        calls.entrySet().stream()
            .map(answer -> answer.getKey() + (namesCalls ? " at " + answer.getValue() : ""))
            .collect(joining("; "));
    return one.question() + " " + all + ". " + one.decision() + " (" + one.id() + ")";
  }
}
