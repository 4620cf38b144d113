package io.simtally.simulator.junit;

import io.simtally.iotx.IotxAnalytics;

/** The only class here that knows {@code IotxAnalytics}: it is loaded with it. */
final class IotxWiring {
  private IotxWiring() {}

  static Object client(Bench bench) {
    return bench.client(
        IotxAnalytics.class,
        () ->
            bench
                .wired(IotxAnalytics.builder(), bench.iotx())
                .tokenSource(bench.iotx()::issueToken)
                .build(),
        IotxAnalytics::close);
  }
}
