/** Tests of the simulated Alef. */
@NullMarked
package io.simtally.simulator.alef;

import org.jspecify.annotations.NullMarked;
