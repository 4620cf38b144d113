package io.simtally.simulator.junit;

import io.simtally.thingspace.m2m.ThingSpaceM2m;

/** The only class here that knows {@code ThingSpaceM2m}: it is loaded with it. */
final class M2mWiring {
  private M2mWiring() {}

  static Object client(TestFixture test) {
    return test.client(
        ThingSpaceM2m.class,
        () ->
            test.wired(ThingSpaceM2m.builder(), test.simulator(Providers.THING_SPACE))
                .credentials(test.thingSpaceCredentials())
                .build(),
        ThingSpaceM2m::close);
  }
}
