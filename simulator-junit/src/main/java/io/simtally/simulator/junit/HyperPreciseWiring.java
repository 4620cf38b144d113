package io.simtally.simulator.junit;

import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;

/** The only class here that knows {@code ThingSpaceHyperPrecise}: it is loaded with it. */
final class HyperPreciseWiring {
  private HyperPreciseWiring() {}

  static Object client(TestFixture test) {
    return test.client(
        ThingSpaceHyperPrecise.class,
        () ->
            test.wired(ThingSpaceHyperPrecise.builder(), test.simulator(Providers.THING_SPACE))
                .credentials(test.thingSpaceCredentials())
                .build(),
        ThingSpaceHyperPrecise::close);
  }
}
