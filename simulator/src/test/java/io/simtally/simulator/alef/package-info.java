/** Tests of: The simulated Alef. */
@NullMarked
package io.simtally.simulator.alef;

import org.jspecify.annotations.NullMarked;
