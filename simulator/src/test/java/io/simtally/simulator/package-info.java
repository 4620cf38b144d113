/** Drives the simulators over real HTTP. */
@NullMarked
package io.simtally.simulator;

import org.jspecify.annotations.NullMarked;
