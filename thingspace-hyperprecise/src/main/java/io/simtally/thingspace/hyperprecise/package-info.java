/**
 * Verizon's ThingSpace Hyper-Precise service: the sessions of a device and the data it used. The
 * entry type is {@link io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise}:
 *
 * <pre>{@code
 * try (var thingSpace = ThingSpaceHyperPrecise.fromEnv()) {
 *   var report = thingSpace.sessionReport("0844021539-00001", "354658090356210").execute();
 *   for (Session session : report.sessions()) {
 *     System.out.println(session.startTime() + " " + session.numBytes());
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.thingspace.hyperprecise;

import org.jspecify.annotations.NullMarked;
