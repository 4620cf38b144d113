/**
 * The providers as MockWebServer dispatchers, for examples and for users' own tests.
 *
 * <p>A simulator answers as the provider's published pages say and refuses what the provider would
 * refuse, so that a client's mistake shows in a test rather than in production. It is independent
 * of Simtally's clients. The entry types are {@link io.simtally.simulator.iotx.IotxSimulator},
 * {@link io.simtally.simulator.mason.MasonSimulator}, {@link
 * io.simtally.simulator.alef.AlefSimulator}, {@link
 * io.simtally.simulator.thingspace.ThingSpaceSimulator}, and {@link
 * io.simtally.simulator.carriers.Simulators} for all of them on one port. The module {@code
 * simtally-simulator-junit} provides them to JUnit tests.
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
 * <h2>Strict checks</h2>
 *
 * <ul>
 *   <li><b>Paths and verbs.</b> Only documented ones are served.
 *   <li><b>Credentials.</b> Each call needs its own, in the provider's own form: {@code Bearer} for
 *       IoT-X, the raw key after {@code basic} for Mason, the query parameter {@code apikey} for
 *       Alef, and for ThingSpace a bearer token with the session token of a login. Tokens expire as
 *       documented, and five failed logins in a row lock a ThingSpace user.
 *   <li><b>Parameters.</b> An undocumented parameter or member of a body is refused, and so is one
 *       that is missing, repeated, or not of the documented form: times with their offset, whole
 *       seconds where the page has them, a range that does not end before it starts.
 *   <li><b>Bodies.</b> Strict JSON of the content type {@code application/json}.
 *   <li><b>Pages.</b> A cursor is opaque, and valid only for the call that returned it.
 *   <li><b>Subjects.</b> A device, SIM or subscriber outside of the fleet is not found.
 * </ul>
 *
 * <p>An error has the provider's documented status and envelope. Where a page documents none, the
 * simulator's own Javadoc names the choice.
 *
 * <h2>Scripts</h2>
 *
 * <p>The fleet depends on the seed only, so a test can expect exact figures. Further events are
 * scripted through {@link io.simtally.simulator.Simulator#next next}, {@link
 * io.simtally.simulator.Simulator#every every} and {@link io.simtally.simulator.Simulator#on on}: a
 * {@link io.simtally.simulator.Fault}, a {@link io.simtally.simulator.Reply}, or a published {@link
 * io.simtally.simulator.Sample}. {@link io.simtally.simulator.Simulator#calls() calls} returns the
 * requests.
 */
@NullMarked
package io.simtally.simulator;

import org.jspecify.annotations.NullMarked;
