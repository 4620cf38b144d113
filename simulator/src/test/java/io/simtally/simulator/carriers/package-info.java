/** Tests of all simulators on one port. */
@NullMarked
package io.simtally.simulator.carriers;

import org.jspecify.annotations.NullMarked;
