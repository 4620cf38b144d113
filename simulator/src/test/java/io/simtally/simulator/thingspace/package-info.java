/**
 * Tests of the simulated ThingSpace: its M2M usage history and its Hyper-Precise session reports.
 */
@NullMarked
package io.simtally.simulator.thingspace;

import org.jspecify.annotations.NullMarked;
