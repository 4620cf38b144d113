package io.simtally.simulator.junit;

import io.simtally.core.ClientBuilder;
import io.simtally.core.RetryPolicy;
import io.simtally.simulator.SimulatorBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The settings of an extension. Immutable. */
record Settings(
    FleetSize fleet,
    Map<SimulatorKind<?, ?>, Consumer<SimulatorBuilder<?, ?>>> simulators,
    Consumer<ClientBuilder<?>> clients,
    boolean ignoresUnmetSteps) {

  /** Short delays, to keep tests fast. */
  private static final RetryPolicy PROMPT =
      RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1));

  Settings {
    simulators = Map.copyOf(simulators);
  }

  /** Returns these settings with the fleet of a test. */
  Settings with(FleetSize annotated) {
    return new Settings(annotated.or(fleet), simulators, clients, ignoresUnmetSteps);
  }

  void setUp(SimulatorKind<?, ?> kind, SimulatorBuilder<?, ?> simulator) {
    simulators.getOrDefault(kind, ignored -> {}).accept(simulator);
  }

  <B extends ClientBuilder<B>> B set(B client, String url) {
    clients.accept(client.baseUrl(url).retryPolicy(PROMPT));
    return client;
  }
}
