/**
 * Verizon's ThingSpace Hyper-Precise service: when a device was connected and how much data it
 * moved. The entry is {@link io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise}:
 *
 * <pre>{@code
 * try (var thingSpace = ThingSpaceHyperPrecise.fromEnv()) {
 *   var report = thingSpace.sessionReport()
 *       .accountNumber("0844021539-00001").imei("354658090356210").execute();
 *   for (Session session : report.sessions()) {
 *     System.out.println(session.startTime() + " " + session.numBytes());
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.thingspace.hyperprecise;

import org.jspecify.annotations.NullMarked;
