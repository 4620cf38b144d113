package io.simtally.simulator.junit;

import io.simtally.mason.MasonUsage;

/** The only class here that knows {@code MasonUsage}: it is loaded with it. */
final class MasonWiring {
  private MasonWiring() {}

  static Object client(Bench bench) {
    return bench.client(
        MasonUsage.class,
        () ->
            bench
                .wired(MasonUsage.builder(), bench.mason())
                .apiKey(bench.mason().apiKey())
                .fleet(bench.mason().fleet())
                .build(),
        MasonUsage::close);
  }
}
