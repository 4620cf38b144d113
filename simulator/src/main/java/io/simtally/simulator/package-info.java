/**
 * The providers as MockWebServer dispatchers, for examples and for users' own tests.
 *
 * <p>A simulator answers as the provider's published pages say and refuses what the provider would
 * refuse, so that a client's mistake shows in a test rather than in production. It knows nothing of
 * Simtally's clients. The entry types are {@link io.simtally.simulator.IotxSimulator}, {@link
 * io.simtally.simulator.MasonSimulator}, {@link io.simtally.simulator.AlefSimulator}, {@link
 * io.simtally.simulator.ThingSpaceSimulator}, and {@link io.simtally.simulator.Simulators} for all
 * of them on one port:
 *
 * <pre>{@code
 * ThingSpaceSimulator simulator = ThingSpaceSimulator.builder().devices(100).build();
 * try (SimulatorServer server = simulator.start()) {
 *   simulator.next(Fault.tooManyRequests(Duration.ofSeconds(1)));
 *   runTheCodeUnderTest(server.url(), simulator.key(), simulator.secret());
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.simulator;

import org.jspecify.annotations.NullMarked;
