package io.simtally.fleet.check;

import io.simtally.fleet.Carriers;
import io.simtally.fleet.source.Carrier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of the services that are checked: what it needs, and what it is asked. */
interface Service {

  /** The services whose jar is there, in the order they are checked in. */
  static List<Service> all(Map<String, String> environment) {
    return Carriers.of(environment).stream().flatMap(carrier -> of(carrier).stream()).toList();
  }

  private static Optional<Service> of(Carrier carrier) {
    return switch (carrier.provider()) {
      case Pages.IOTX -> Optional.of(new IotxService(carrier));
      case Pages.MASON -> Optional.of(new MasonService(carrier));
      case Pages.ALEF -> Optional.of(new AlefService(carrier));
      case Pages.M2M -> Optional.of(new M2mService(carrier));
      case Pages.HYPER_PRECISE -> Optional.of(new HyperPreciseService(carrier));
      default -> Optional.empty();
    };
  }

  /** Whose service it is. */
  Carrier carrier();

  /** As in usage records. */
  default String provider() {
    return carrier().provider();
  }

  /** The variables that hold the credentials: alternatives, of which one is enough. */
  default List<List<String>> credentials() {
    return carrier().variables();
  }

  /** The variable that leads elsewhere than to the provider's own address. */
  String baseUrlVariable();

  String defaultBaseUrl();

  /** What a credential must be allowed, in words. */
  String right();

  /** Whether calls need a login before them. */
  default boolean hasLogin() {
    return false;
  }

  /**
   * Builds a client, which tells what is wrong with the variables.
   *
   * @throws IllegalArgumentException if a variable is set to what its setter refuses
   * @throws IllegalStateException if credentials are missing, or would travel in clear
   */
  void build(CheckScope asked);

  /** What is asked, in order; all that cannot be asked without a device too. */
  List<Probe> probes(CheckScope asked);

  /** The call to log in for, which is never sent. */
  default Probe loginProbe(CheckScope asked) {
    throw new IllegalStateException(provider() + " has no login");
  }

  default String baseUrl(CheckScope asked) {
    var given = asked.variable(baseUrlVariable());
    return given.isBlank() ? defaultBaseUrl() : given;
  }

  /** Whether one of the sets of credentials is whole. */
  default boolean isComplete(CheckScope asked) {
    return missing(asked).contains("");
  }

  /** The variables of its credentials that are set. */
  default List<String> present(CheckScope asked) {
    return credentials().stream()
        .flatMap(List::stream)
        .filter(name -> !asked.variable(name).isBlank())
        .toList();
  }

  /** What each of the sets of credentials lacks, in words; empty if nothing. */
  default List<String> missing(CheckScope asked) {
    return credentials().stream()
        .map(
            names ->
                String.join(
                    " and ",
                    names.stream().filter(name -> asked.variable(name).isBlank()).toList()))
        .toList();
  }
}
