package io.simtally.simulator.junit;

import io.simtally.alef.AlefConnectivity;

/** The only class here that knows {@code AlefConnectivity}: it is loaded with it. */
final class AlefWiring {
  private AlefWiring() {}

  static Object client(TestFixture test) {
    return test.client(
        AlefConnectivity.class,
        () ->
            test.wired(AlefConnectivity.builder(), test.simulator(Providers.ALEF))
                .apiKey(test.simulator(Providers.ALEF).apiKey())
                .build(),
        AlefConnectivity::close);
  }
}
