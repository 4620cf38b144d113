package io.simtally.fleet.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.simtally.core.ApiException;
import io.simtally.core.internal.Setting;
import io.simtally.fleet.check.CheckLine.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Asks each service whose credentials are in an environment a few small questions, and tells in one
 * plain line each what it finds: whether it is the key, the network or the library, and what the
 * service really answers. {@code simtally check} is this.
 *
 * <p>Nothing is asked twice and nothing is changed at a provider. A login is sent once, and not
 * again if it was refused. Immutable.
 */
public final class ServiceCheck {
  /** Figures come late: carriers correct them for days. */
  private static final int SETTLED_DAYS = 3;

  private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

  private final Asked asked;
  private final OkHttpClient http;
  private final Clock clock;

  private ServiceCheck(Asked asked, OkHttpClient http, Clock clock) {
    this.asked = asked;
    this.http = http;
    this.clock = clock;
  }

  /**
   * Begins with an environment.
   *
   * @param environment as {@link System#getenv()}, with the variables that {@code fromEnv} of the
   *     clients reads
   * @return a check of all services that have a variable there
   * @throws IllegalArgumentException if it is null
   */
  public static ServiceCheck of(Map<String, String> environment) {
    Setting.present("environment", environment);
    var http = new OkHttpClient.Builder().readTimeout(LONGEST_CALL).build();
    return of(environment, http, Clock.systemUTC());
  }

  static ServiceCheck of(Map<String, String> environment, OkHttpClient http, Clock clock) {
    var day = LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(SETTLED_DAYS);
    return new ServiceCheck(new Asked(Map.copyOf(environment), day, List.of()), http, clock);
  }

  /**
   * Names the devices that may be asked about: the first one of each service is.
   *
   * @param devices any number of any service
   * @return a check that asks about them too
   * @throws IllegalArgumentException if it is null
   */
  public ServiceCheck devices(Collection<CheckedDevice> devices) {
    Setting.present("devices", devices);
    return new ServiceCheck(
        new Asked(asked.environment(), asked.day(), List.copyOf(devices)), http, clock);
  }

  /**
   * {@return the services that have a variable in the environment, in the order they are checked
   * in}
   */
  public List<String> providers() {
    return services().map(Service::provider).toList();
  }

  /** {@return the variables that hold credentials, those of each service in one line} */
  public static List<String> variables() {
    return Service.all().stream()
        .map(
            service ->
                service.provider()
                    + ": "
                    + String.join(
                        ", or ",
                        service.credentials().stream()
                            .map(names -> String.join(", ", names))
                            .toList()))
        .toList();
  }

  private Stream<Service> services() {
    return Service.all().stream()
        .filter(
            service ->
                service.credentials().stream()
                    .flatMap(List::stream)
                    .anyMatch(name -> !asked.variable(name).isBlank()));
  }

  /**
   * {@return how many requests {@link #run} sends if all goes well, logins included; else it sends
   * fewer}
   */
  public int requests() {
    var addresses = new HashSet<String>();
    var logsIn = false;
    var requests = 0;
    for (var service : services().filter(this::isComplete).toList()) {
      requests += addresses.add(service.baseUrl(asked)) ? 1 : 0;
      requests += (int) service.probes(asked).stream().filter(p -> p.ask() != null).count();
      logsIn |= service.hasLogin() && !ThingSpaceSession.hasFixedTokens(asked);
    }
    return requests + (logsIn ? ThingSpaceSession.REQUESTS : 0);
  }

  private boolean isComplete(Service service) {
    return service.credentials().stream()
        .anyMatch(names -> names.stream().noneMatch(name -> asked.variable(name).isBlank()));
  }

  /**
   * Asks.
   *
   * @param listener hears of each line as it is found
   * @return all of them
   * @throws IllegalArgumentException if it is null
   */
  public CheckReport run(Consumer<CheckLine> listener) {
    Setting.present("listener", listener);
    var wire = new Wire(clock);
    var wired =
        http.newBuilder().retryOnConnectionFailure(false).addNetworkInterceptor(wire).build();
    var run = new Run(listener, wire, wired);
    var findings = services().map(run::check).toList();
    return new CheckReport(clock.instant(), findings, wire.count());
  }

  /** One run: what it has found so far holds for the services that follow. */
  private final class Run {
    private final Consumer<CheckLine> listener;
    private final Wire wire;
    private final OkHttpClient wired;
    private final ThingSpaceSession session;
    private final CallLines callLines = new CallLines(asked);
    private final Map<String, Reach> reached = new HashMap<>();

    Run(Consumer<CheckLine> listener, Wire wire, OkHttpClient wired) {
      this.listener = listener;
      this.wire = wire;
      this.wired = wired;
      this.session = new ThingSpaceSession(wire);
    }

    CheckReport.Finding check(Service service) {
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
            CheckLine.note(
                service.provider(), "login", "none: the credential goes with each call"));
      }
      calls(service, contract, tell);
      page(service, contract, tell);
    }

    private Reach reach(Service service, HttpUrl address) {
      var known = reached.get(address.toString());
      if (known != null) {
        return known.as(service);
      }
      var found = Reach.of(service, address, wired, wire, clock.instant());
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
              CheckLine.skipped(
                  service.provider(), "call", probe.operation() + " " + probe.about()));
          continue;
        }
        var failure = call(service, probe, looked, tell);
        if (failure != null && !probe.isQuestion() && isOfAllCalls(failure)) {
          var left = probes.size() - i - 1;
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
          .collect(groupingBy(Settled::id, LinkedHashMap::new, toList()))
          .values()
          .forEach(answers -> tell.accept(CheckLine.note(provider, "page", words(answers))));
    }

    /** The answers to one question. */
    private static String words(List<Settled> answers) {
      var one = answers.get(0);
      var calls =
          answers.stream()
              .collect(
                  groupingBy(
                      Settled::answer,
                      LinkedHashMap::new,
                      mapping(Settled::operation, joining(", "))));
      // Where the answer is a path, it says of which call.
      var tellsItself =
          calls.size() == 1
              || one.id().endsWith("-path")
              || answers.stream().map(Settled::operation).distinct().count() == 1;
      var all =
          calls.entrySet().stream()
              .map(answer -> answer.getKey() + (tellsItself ? "" : " at " + answer.getValue()))
              .collect(joining("; "));
      return one.question() + " " + all + ". " + one.decision() + " (" + one.id() + ")";
    }
  }

  /** What is sure to come of the next call too. */
  private static boolean isOfAllCalls(ApiException failure) {
    return switch (failure.kind()) {
      case UNAUTHENTICATED, RATE_LIMITED, CONNECTION, TIMEOUT, CANCELLED -> true;
      default -> false;
    };
  }

  private CheckLine variables(Service service) {
    var provider = service.provider();
    if (!isComplete(service)) {
      return CheckLine.failed(
          provider,
          "variables",
          "half of the credentials: there is " + String.join(", ", present(service)),
          "set " + String.join(", or else ", missing(service)));
    }
    try {
      service.build(asked);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return CheckLine.failed(
          provider, "variables", String.valueOf(e.getMessage()), "mend that variable");
    }
    var present = new ArrayList<>(present(service));
    if (!asked.variable(service.baseUrlVariable()).isBlank()) {
      present.add(service.baseUrlVariable());
    }
    return CheckLine.good(provider, "variables", String.join(", ", present));
  }

  private List<String> present(Service service) {
    return service.credentials().stream()
        .flatMap(List::stream)
        .filter(name -> !asked.variable(name).isBlank())
        .toList();
  }

  private List<String> missing(Service service) {
    return service.credentials().stream()
        .map(
            names ->
                String.join(
                    " and ",
                    names.stream().filter(name -> asked.variable(name).isBlank()).toList()))
        .toList();
  }
}
