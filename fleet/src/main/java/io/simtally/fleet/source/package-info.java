/**
 * What a carrier is: its name and credentials, its devices, and a source that reads them day by day
 * in the common form.
 *
 * <pre>{@code
 * for (var carrier : io.simtally.fleet.Carriers.of(System.getenv())) {
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
