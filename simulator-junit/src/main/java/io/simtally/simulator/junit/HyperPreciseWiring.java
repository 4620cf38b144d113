package io.simtally.simulator.junit;

import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;

/** The only class here that knows {@code ThingSpaceHyperPrecise}: it is loaded with it. */
final class HyperPreciseWiring {
  private HyperPreciseWiring() {}

  static Object client(Bench bench) {
    return bench.client(
        ThingSpaceHyperPrecise.class,
        () ->
            bench
                .wired(ThingSpaceHyperPrecise.builder(), bench.thingSpace())
                .credentials(bench.thingSpaceCredentials())
                .build(),
        ThingSpaceHyperPrecise::close);
  }
}
