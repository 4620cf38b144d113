/**
 * The inside of the fleet report.
 *
 * <p>A {@link io.simtally.examples.fleet.Carrier} opens a {@link
 * io.simtally.examples.fleet.UsageSource}, which pushes its records into a {@link
 * io.simtally.examples.fleet.UsageSink}: from there they go into the CSV file and into a tally.
 * When all carriers are read, the tallies are printed and rendered. Another carrier is one class
 * that implements {@code Carrier}, and one line in {@code Carriers}.
 */
@NullMarked
package io.simtally.examples.fleet;

import org.jspecify.annotations.NullMarked;
