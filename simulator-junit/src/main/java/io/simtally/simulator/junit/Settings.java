package io.simtally.simulator.junit;

import io.simtally.core.ClientBuilder;
import io.simtally.core.RetryPolicy;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.time.Duration;
import java.util.function.Consumer;

/** What an extension was told. Immutable. */
record Settings(
    FleetSize fleet,
    Consumer<IotxSimulator.Builder> iotx,
    Consumer<MasonSimulator.Builder> mason,
    Consumer<AlefSimulator.Builder> alef,
    Consumer<ThingSpaceSimulator.Builder> thingSpace,
    Consumer<ClientBuilder<?>> clients,
    boolean ignoresUnmetSteps) {

  /** A test that waits for nothing learns no less. */
  private static final RetryPolicy PROMPT =
      RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1));

  /** The same for a test with a fleet of its own. */
  Settings with(FleetSize annotated) {
    return new Settings(
        annotated.or(fleet), iotx, mason, alef, thingSpace, clients, ignoresUnmetSteps);
  }

  <B extends ClientBuilder<B>> B set(B client, String url) {
    clients.accept(client.baseUrl(url).retryPolicy(PROMPT));
    return client;
  }
}
