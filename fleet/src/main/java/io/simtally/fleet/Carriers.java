package io.simtally.fleet;

import io.simtally.core.ApiException;
import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.alef.AlefCarrier;
import io.simtally.fleet.iotx.IotxCarrier;
import io.simtally.fleet.mason.MasonCarrier;
import io.simtally.fleet.source.Carrier;
import io.simtally.fleet.thingspace.HyperPreciseCarrier;
import io.simtally.fleet.thingspace.M2mCarrier;
import io.simtally.fleet.thingspace.SharedLogin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list of all carriers. */
public final class Carriers {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.fleet");

  /** For questions that need no credentials. */
  private static final List<Carrier> WITHOUT_CREDENTIALS = of(Map.of());

  private Carriers() {}

  /**
   * Returns the carriers of an environment. A carrier is missing if the jar of its client is not on
   * the class path.
   *
   * @param environment the variables of the clients, as {@link System#getenv()}
   * @return the carriers, whether or not their variables are set
   * @throws IllegalArgumentException if the environment is null
   */
  public static List<Carrier> of(Map<String, String> environment) {
    Preconditions.present("environment", environment);
    var carriers = new ArrayList<Carrier>();
    var login = new SharedLogin(environment);
    List<Supplier<Carrier>> all =
        List.of(
            () -> new IotxCarrier(environment),
            () -> new MasonCarrier(environment),
            () -> new AlefCarrier(environment),
            () -> new M2mCarrier(login),
            () -> new HyperPreciseCarrier(login));
    for (var each : all) {
      try {
        carriers.add(each.get());
      } catch (NoClassDefFoundError e) {
        LOG.debug("A carrier is left out, its client is not on the class path: {}", e.getMessage());
      }
    }
    return List.copyOf(carriers);
  }

  /** Returns whether a failure concerns one device only, by the carrier that it comes from. */
  static boolean concernsOneDevice(ApiException failure) {
    return WITHOUT_CREDENTIALS.stream()
        .filter(carrier -> carrier.provider().equals(failure.provider()))
        .anyMatch(carrier -> carrier.concernsOneDevice(failure));
  }
}
