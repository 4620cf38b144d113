/**
 * Runnable programs: one short example for each provider and {@link
 * io.simtally.examples.FleetReport}, which reads the usage of a whole fleet from all carriers.
 */
@NullMarked
package io.simtally.examples;

import org.jspecify.annotations.NullMarked;
