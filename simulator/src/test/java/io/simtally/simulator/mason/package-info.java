/** Tests of the simulated Mason. */
@NullMarked
package io.simtally.simulator.mason;

import org.jspecify.annotations.NullMarked;
