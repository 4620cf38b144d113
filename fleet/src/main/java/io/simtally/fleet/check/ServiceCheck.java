package io.simtally.fleet.check;

import io.simtally.core.internal.Preconditions;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

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

  private final CheckScope asked;
  private final OkHttpClient http;
  private final Clock clock;

  private ServiceCheck(CheckScope asked, OkHttpClient http, Clock clock) {
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
    Preconditions.present("environment", environment);
    var http = new OkHttpClient.Builder().readTimeout(LONGEST_CALL).build();
    return of(environment, http, Clock.systemUTC());
  }

  static ServiceCheck of(Map<String, String> environment, OkHttpClient http, Clock clock) {
    var day = LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(SETTLED_DAYS);
    return new ServiceCheck(new CheckScope(Map.copyOf(environment), day, List.of()), http, clock);
  }

  /**
   * Names the devices that may be asked about: the first one of each service is.
   *
   * @param devices any number of any service
   * @return a check that asks about them too
   * @throws IllegalArgumentException if it is null
   */
  public ServiceCheck devices(Collection<CheckedDevice> devices) {
    Preconditions.present("devices", devices);
    return new ServiceCheck(
        new CheckScope(asked.environment(), asked.day(), List.copyOf(devices)), http, clock);
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
    return Service.all(Map.of()).stream()
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
    return Service.all(asked.environment()).stream()
        .filter(service -> !service.present(asked).isEmpty());
  }

  /**
   * {@return how many requests {@link #run} sends if all goes well, logins included; else it sends
   * fewer}
   */
  public int requests() {
    var addresses = new HashSet<String>();
    var logsIn = false;
    var requests = 0;
    for (var service : services().filter(service -> service.isComplete(asked)).toList()) {
      requests += addresses.add(String.valueOf(HttpUrl.parse(service.baseUrl(asked)))) ? 1 : 0;
      requests += (int) service.probes(asked).stream().filter(p -> p.ask() != null).count();
      logsIn |= service.hasLogin() && !ThingSpaceSession.hasFixedTokens(service, asked);
    }
    return requests + (logsIn ? ThingSpaceSession.REQUESTS : 0);
  }

  /**
   * Asks.
   *
   * @param listener hears of each line as it is found
   * @return all of them
   * @throws IllegalArgumentException if it is null
   */
  public CheckReport run(Consumer<CheckLine> listener) {
    Preconditions.present("listener", listener);
    var run = new CheckRun(asked, http, clock, listener);
    return run.report(services().toList());
  }
}
