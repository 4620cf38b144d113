package io.simtally.examples.fleet;

import java.util.List;

/** The carriers that the report knows. */
final class Carriers {

  private Carriers() {}

  static List<Carrier> all() {
    return List.of(new ThingSpaceCarrier());
  }
}
