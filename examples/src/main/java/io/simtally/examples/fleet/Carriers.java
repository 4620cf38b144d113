package io.simtally.examples.fleet;

import java.util.List;
import java.util.Map;

/** The carriers that the report knows. */
final class Carriers {

  private Carriers() {}

  static List<Carrier> all(Map<String, String> environment) {
    ThingSpaceLogin login = new ThingSpaceLogin(environment);
    return List.of(
        new IotxCarrier(),
        new MasonCarrier(),
        new AlefCarrier(environment),
        new ThingSpaceCarrier(login),
        new HyperPreciseCarrier(login));
  }
}
