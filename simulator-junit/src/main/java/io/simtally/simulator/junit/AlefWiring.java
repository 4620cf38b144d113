package io.simtally.simulator.junit;

import io.simtally.alef.AlefConnectivity;

/** The only class here that knows {@code AlefConnectivity}: it is loaded with it. */
final class AlefWiring {
  private AlefWiring() {}

  static Object client(Bench bench) {
    return bench.client(
        AlefConnectivity.class,
        () ->
            bench
                .wired(AlefConnectivity.builder(), bench.alef())
                .apiKey(bench.alef().apiKey())
                .build(),
        AlefConnectivity::close);
  }
}
