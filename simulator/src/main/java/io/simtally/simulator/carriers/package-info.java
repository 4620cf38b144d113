/** All simulators behind one port. */
@NullMarked
package io.simtally.simulator.carriers;

import org.jspecify.annotations.NullMarked;
