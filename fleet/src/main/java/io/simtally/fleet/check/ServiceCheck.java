package io.simtally.fleet.check;

import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.ProxyLogin;
import io.simtally.fleet.Carriers;
import io.simtally.fleet.contract.CheckScope;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.contract.CheckedCarrier;
import io.simtally.fleet.source.Device;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Sends a few small calls to each service whose credentials are in an environment, and reports each
 * result in one plain line: whether the key, the network or the library is at fault, and what the
 * service answers. The command {@code simtally check} runs this check.
 *
 * <p>No call is sent twice and nothing is changed at a provider. A login is sent once, and not
 * again if it was refused. Immutable.
 */
public final class ServiceCheck {
  /** Carriers publish figures late and correct them for days. */
  private static final int SETTLED_DAYS = 3;

  private static final Pattern VARIABLE = Pattern.compile("[A-Z0-9]+(_[A-Z0-9]+)+");
  private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

  private final Map<String, String> environment;
  private final Map<String, Device> devices;
  private final Map<String, String> variableNames;
  private final OkHttpClient http;
  private final Clock clock;

  private ServiceCheck(
      Map<String, String> environment,
      Map<String, Device> devices,
      Map<String, String> variableNames,
      OkHttpClient http,
      Clock clock) {
    this.environment = Map.copyOf(environment);
    this.devices = Map.copyOf(devices);
    this.variableNames = Map.copyOf(variableNames);
    this.http = http;
    this.clock = clock;
  }

  /**
   * Creates a check of all services that have a variable in an environment.
   *
   * @param environment as {@link System#getenv()}, with the variables that {@code fromEnv} of the
   *     clients reads
   * @return the check
   * @throws IllegalArgumentException if the environment is null
   */
  public static ServiceCheck of(Map<String, String> environment) {
    Preconditions.present("environment", environment);
    var http =
        new OkHttpClient.Builder()
            .readTimeout(LONGEST_CALL)
            .proxyAuthenticator(ProxyLogin.ONCE)
            .build();
    return of(environment, http, Clock.systemUTC());
  }

  static ServiceCheck of(Map<String, String> environment, OkHttpClient http, Clock clock) {
    return new ServiceCheck(environment, Map.of(), Map.of(), http, clock);
  }

  /**
   * Sets the devices for calls that concern one device.
   *
   * @param devices a device of each provider, by the provider's name in usage records
   * @return a check with these devices
   * @throws IllegalArgumentException if the devices are null
   */
  public ServiceCheck devices(Map<String, Device> devices) {
    Preconditions.present("devices", devices);
    return new ServiceCheck(environment, devices, variableNames, http, clock);
  }

  /**
   * Sets how the lines name the variables, for credentials that are not in the environment.
   *
   * @param names a name for each variable, such as a key of a configuration file; a variable
   *     without one keeps its own
   * @return a check with these names
   * @throws IllegalArgumentException if the names are null
   */
  public ServiceCheck variableNames(Map<String, String> names) {
    Preconditions.present("names", names);
    return new ServiceCheck(environment, devices, names, http, clock);
  }

  /** Returns a line with the names of the variables that the user knows. */
  CheckLine named(CheckLine line) {
    return line.with(this::named);
  }

  private String named(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(variableNames.getOrDefault(found.group(), found.group())));
  }

  /** {@return the services that have a variable in the environment, in the order of the check} */
  public List<String> providers() {
    return services().map(CheckService::provider).toList();
  }

  /** {@return the variables that hold credentials, those of each service in one line} */
  public static List<String> variables() {
    return services(Map.of()).stream()
        .map(
            service ->
                service.provider()
                    + ": "
                    + service.carrier().variables().stream()
                        .map(names -> String.join(", ", names))
                        .collect(Collectors.joining(", or ")))
        .toList();
  }

  /** Returns the services whose client is on the class path. */
  static List<CheckService> services(Map<String, String> environment) {
    return Carriers.of(environment).stream()
        .filter(CheckedCarrier.class::isInstance)
        .map(carrier -> ((CheckedCarrier) carrier).checkService())
        .toList();
  }

  private Stream<CheckService> services() {
    return services(environment).stream().filter(service -> service.carrier().hasCredentials());
  }

  /**
   * {@return the number of requests that {@link #run} sends if all calls succeed, logins included;
   * it sends fewer if some fail}
   */
  public int requests() {
    var requests = 0;
    var addresses = new HashSet<String>();
    var logins = new HashSet<String>();
    for (var service : services().filter(this::isComplete).toList()) {
      var scope = scope(service);
      var address = String.valueOf(HttpUrl.parse(service.baseUrl(scope)));
      requests += addresses.add(address) ? 1 : 0;
      requests += (int) service.probes(scope).stream().filter(probe -> probe.ask() != null).count();
      var login = service.login(scope);
      if (login != null && login.openSession().isEmpty() && logins.add(address)) {
        requests += login.requests();
      }
    }
    return requests;
  }

  /**
   * Runs the check.
   *
   * @param listener receives each line as soon as its step has ended
   * @return the report of all lines
   * @throws IllegalArgumentException if the listener is null
   */
  public CheckReport run(Consumer<CheckLine> listener) {
    Preconditions.present("listener", listener);
    return new CheckRun(this, http, clock).report(services().toList(), listener);
  }

  CheckScope scope(CheckService service) {
    var day = LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(SETTLED_DAYS);
    return new CheckScope(environment, day, devices.get(service.provider()));
  }

  /** Returns the line of the variables of a service. */
  CheckLine variables(CheckService service) {
    var present =
        new ArrayList<>(
            service.carrier().variables().stream()
                .flatMap(List::stream)
                .filter(this::isSet)
                .toList());
    if (!isComplete(service)) {
      var names = String.join(", ", present);
      return CheckLine.failed(
              "variables",
              "incomplete credentials: only " + names,
              "set " + String.join(", or else ", missing(service)))
          .with(Map.of("present", names));
    }
    try {
      service.validate(environment);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return CheckLine.failed("variables", String.valueOf(e.getMessage()), "correct that variable");
    }
    if (isSet(service.baseUrlVariable())) {
      present.add(service.baseUrlVariable());
    }
    var names = String.join(", ", present);
    return CheckLine.good("variables", names).with(Map.of("present", names));
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isBlank();
  }

  private boolean isComplete(CheckService service) {
    return missing(service).contains("");
  }

  /** Returns what each alternative set of credentials lacks, empty if nothing. */
  private List<String> missing(CheckService service) {
    return service.carrier().variables().stream()
        .map(
            names ->
                names.stream().filter(name -> !isSet(name)).collect(Collectors.joining(" and ")))
        .toList();
  }

  /** Returns the words of the settings and devices that identify the customer. */
  List<String> customerWords() {
    var ours =
        services(environment).stream()
            .map(service -> prefix(service.baseUrlVariable()))
            .collect(Collectors.toSet());
    var settings =
        environment.entrySet().stream()
            .filter(variable -> !variable.getKey().endsWith("_BASE_URL"))
            .filter(variable -> ours.contains(prefix(variable.getKey())))
            .map(Map.Entry::getValue);
    var numbers =
        devices.values().stream()
            .flatMap(
                device ->
                    Stream.concat(Stream.of(device.id()), Stream.ofNullable(device.account())));
    return Stream.concat(settings, numbers).filter(word -> word.length() > 3).toList();
  }

  private static String prefix(String variable) {
    return variable.split("_", -1)[0];
  }
}
