package io.simtally.fleet.check;

import java.util.ArrayList;
import java.util.List;

/** One of the services that are checked: what it needs, and what it is asked. */
interface Service {

  /** The services whose jar is there, in the order they are checked in. */
  static List<Service> all() {
    var all = new ArrayList<Service>();
    if (isThere("iotx.IotxAnalytics")) {
      all.add(new IotxService());
    }
    if (isThere("mason.MasonUsage")) {
      all.add(new MasonService());
    }
    if (isThere("alef.AlefConnectivity")) {
      all.add(new AlefService());
    }
    if (isThere("thingspace.m2m.ThingSpaceM2m")) {
      all.add(new M2mService());
    }
    if (isThere("thingspace.hyperprecise.ThingSpaceHyperPrecise")) {
      all.add(new HyperPreciseService());
    }
    return all;
  }

  private static boolean isThere(String client) {
    try {
      Class.forName("io.simtally." + client, false, Service.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException absent) {
      return false; // A user with two carriers has two provider jars.
    }
  }

  /** As in usage records. */
  String provider();

  /** The variables that hold the credentials: alternatives, of which one is enough. */
  List<List<String>> credentials();

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
  void build(Asked asked);

  /** What is asked, in order; all that cannot be asked without a device too. */
  List<Probe> probes(Asked asked);

  /** The call to log in for, which is never sent. */
  default Probe loginProbe(Asked asked) {
    throw new IllegalStateException(provider() + " has no login");
  }

  default String baseUrl(Asked asked) {
    var given = asked.variable(baseUrlVariable());
    return given.isBlank() ? defaultBaseUrl() : given;
  }

  /** Whether one of the sets of credentials is whole. */
  default boolean isComplete(Asked asked) {
    return missing(asked).contains("");
  }

  /** The variables of its credentials that are set. */
  default List<String> present(Asked asked) {
    return credentials().stream()
        .flatMap(List::stream)
        .filter(name -> !asked.variable(name).isBlank())
        .toList();
  }

  /** What each of the sets of credentials lacks, in words; empty if nothing. */
  default List<String> missing(Asked asked) {
    return credentials().stream()
        .map(
            names ->
                String.join(
                    " and ",
                    names.stream().filter(name -> asked.variable(name).isBlank()).toList()))
        .toList();
  }
}
