/**
 * A JUnit Jupiter extension that provides tests with simulators and clients of them.
 *
 * <p>The entry type is {@link io.simtally.simulator.junit.SimtallyExtension}. A test declares what
 * it needs as parameters, and has its own objects:
 *
 * <pre>{@code
 * @ExtendWith(SimtallyExtension.class)
 * class BillingTest {
 *   @Test
 *   void billsInSpiteOfAnOutage(ThingSpaceSimulator thingSpace, ThingSpaceM2m client) {
 *     thingSpace.next(Fault.serviceUnavailable(), Sample.USAGE_BY_DEVICE);
 *
 *     assertThat(new Billing(client).bytes(DeviceId.eid("1"))).isEqualTo(16_384);
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.simulator.junit;

import org.jspecify.annotations.NullMarked;
