/**
 * The providers as MockWebServer dispatchers, for examples and for users' own tests.
 *
 * <p>A simulator answers as the provider's published pages say and refuses what the provider would
 * refuse, so that a client's mistake shows in a test rather than in production. It knows nothing of
 * Simtally's clients. The entry types are {@link io.simtally.simulator.iotx.IotxSimulator}, {@link
 * io.simtally.simulator.mason.MasonSimulator}, {@link io.simtally.simulator.alef.AlefSimulator},
 * {@link io.simtally.simulator.thingspace.ThingSpaceSimulator}, and {@link
 * io.simtally.simulator.carriers.Simulators} for all of them on one port. The module {@code
 * simtally-simulator-junit} gives them to JUnit tests.
 *
 * <pre>{@code
 * ThingSpaceSimulator simulator = ThingSpaceSimulator.builder().devices(100).build();
 * try (SimulatorServer server = simulator.start()) {
 *   simulator.next(Fault.tooManyRequests(Duration.ofSeconds(1)), Sample.USAGE_BY_DEVICE);
 *   runTheCodeUnderTest(server.url(), simulator.key(), simulator.secret());
 *   assertThat(simulator.calls(Operation.USAGE_HISTORY)).hasSize(2);
 * }
 * }</pre>
 *
 * <h2>What it is strict about</h2>
 *
 * <ul>
 *   <li><b>Paths and verbs.</b> Only those that a page documents are served.
 *   <li><b>Credentials.</b> Each call needs its own, in the provider's own form: {@code Bearer} for
 *       IoT-X, the raw key behind {@code basic} for Mason, the query parameter {@code apikey} for
 *       Alef, and for ThingSpace a bearer token with the session token of a login. Tokens expire
 *       when the pages say so, and five failed logins in a row lock a ThingSpace user.
 *   <li><b>Parameters.</b> A parameter or a member of a body that no page lists is refused, and so
 *       is one that is missing, comes twice, or is not of the documented form: times with their
 *       offset, whole seconds where the page has them, a range that does not end before it starts.
 *   <li><b>Bodies.</b> JSON without any leniency, of the content type {@code application/json}.
 *   <li><b>Pages.</b> A cursor is opaque, and good for the call alone that it was handed out for.
 *   <li><b>Subjects.</b> A device, SIM or subscriber that is not in the fleet is not found.
 * </ul>
 *
 * <p>An error has the provider's documented status and envelope; where a page tells none, the
 * simulator's own Javadoc says what was chosen.
 *
 * <h2>What it leaves open</h2>
 *
 * <p>The fleet depends on the seed alone, so a test may expect exact figures. What else is to
 * happen is scripted through {@link io.simtally.simulator.Simulator#next next}, {@link
 * io.simtally.simulator.Simulator#every every} and {@link io.simtally.simulator.Simulator#on on}: a
 * {@link io.simtally.simulator.Fault}, a {@link io.simtally.simulator.Reply} of one's own, or a
 * published {@link io.simtally.simulator.Sample}. {@link io.simtally.simulator.Simulator#calls()
 * calls} tells what was asked.
 */
@NullMarked
package io.simtally.simulator;

import org.jspecify.annotations.NullMarked;
