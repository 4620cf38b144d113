package io.simtally.simulator.junit;

import io.simtally.iotx.IotxAnalytics;

/** The only class here that knows {@code IotxAnalytics}: it is loaded with it. */
final class IotxWiring {
  private IotxWiring() {}

  static Object client(TestFixture test) {
    return test.client(
        IotxAnalytics.class,
        () ->
            test.wired(IotxAnalytics.builder(), test.simulator(Providers.IOTX))
                .tokenSource(test.simulator(Providers.IOTX)::issueToken)
                .build(),
        IotxAnalytics::close);
  }
}
