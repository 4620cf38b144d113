/**
 * The carriers of a fleet: each opened from its environment, and read device by device and day by
 * day in the common form.
 *
 * <pre>{@code
 * for (var carrier : Carriers.of(System.getenv())) {
 *   if (carrier.hasCredentials()) {
 *     try (var source = carrier.open(devices, SourceSettings.DEFAULT)) {
 *       read(source);
 *     }
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.simtally.fleet.source;

import org.jspecify.annotations.NullMarked;
