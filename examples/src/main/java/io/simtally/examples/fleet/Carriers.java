package io.simtally.examples.fleet;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The carriers that the report knows. */
final class Carriers {

  private Carriers() {}

  static List<Carrier> all(Map<String, String> environment, Clock clock) {
    ThingSpaceLogin login = new ThingSpaceLogin(environment);
    return List.of(
        new IotxCarrier(environment),
        new MasonCarrier(environment),
        new AlefCarrier(environment),
        new ThingSpaceCarrier(login),
        new HyperPreciseCarrier(login, clock));
  }
}
