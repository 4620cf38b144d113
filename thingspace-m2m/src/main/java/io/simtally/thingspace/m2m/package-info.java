/**
 * Verizon's ThingSpace M2M service: the daily data usage of a device. The entry type is {@link
 * io.simtally.thingspace.m2m.ThingSpaceM2m}:
 *
 * <pre>{@code
 * try (var thingSpace = ThingSpaceM2m.fromEnv()) {
 *   var request = thingSpace.usageHistory(DeviceId.imei("354394080001238")).days(DayRange.last(30));
 *   for (DailyUsage day : request) {
 *     System.out.println(day.timestamp() + " " + day.bytesUsed());
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.thingspace.m2m;

import org.jspecify.annotations.NullMarked;
