package io.simtally.fleet.source;

import io.simtally.core.internal.Preconditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The carriers whose clients are there, in the one list of this module. */
public final class Carriers {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.fleet");

  private Carriers() {}

  /**
   * The carriers of an environment. One whose jar a program does not have is left out.
   *
   * @param environment the variables of the clients, as {@link System#getenv()}
   * @return the carriers, whether or not their variables are set
   * @throws IllegalArgumentException if it is null
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
        LOG.debug("a carrier is left out, since its client is not there: {}", e.getMessage());
      }
    }
    return List.copyOf(carriers);
  }
}
