package io.simtally.simulator.junit;

import io.simtally.mason.MasonUsage;

/** The only class here that knows {@code MasonUsage}: it is loaded with it. */
final class MasonWiring {
  private MasonWiring() {}

  static Object client(TestFixture test) {
    return test.client(
        MasonUsage.class,
        () ->
            test.wired(MasonUsage.builder(), test.simulator(Providers.MASON))
                .apiKey(test.simulator(Providers.MASON).apiKey())
                .fleet(test.simulator(Providers.MASON).fleet())
                .build(),
        MasonUsage::close);
  }
}
