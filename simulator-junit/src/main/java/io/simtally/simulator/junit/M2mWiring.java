package io.simtally.simulator.junit;

import io.simtally.thingspace.m2m.ThingSpaceM2m;

/** The only class here that knows {@code ThingSpaceM2m}: it is loaded with it. */
final class M2mWiring {
  private M2mWiring() {}

  static Object client(Bench bench) {
    return bench.client(
        ThingSpaceM2m.class,
        () ->
            bench
                .wired(ThingSpaceM2m.builder(), bench.thingSpace())
                .credentials(bench.thingSpaceCredentials())
                .build(),
        ThingSpaceM2m::close);
  }
}
