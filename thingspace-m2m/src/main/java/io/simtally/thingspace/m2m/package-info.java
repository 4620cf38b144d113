/**
 * Verizon's ThingSpace M2M service: how much data a device used per day. The entry is {@link
 * io.simtally.thingspace.m2m.ThingSpaceM2m}:
 *
 * <pre>{@code
 * try (var thingSpace = ThingSpaceM2m.fromEnv()) {
 *   var request = thingSpace.usageHistory().device(DeviceId.imei("354394080001238"))
 *       .earliest(Instant.parse("2026-01-01T00:00:00Z")).latest(Instant.parse("2026-01-31T00:00:00Z"));
 *   for (DailyUsage day : request) {
 *     System.out.println(day.timestamp() + " " + day.bytesUsed());
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.thingspace.m2m;

import org.jspecify.annotations.NullMarked;
