/** Tests of the simulators over HTTP. */
@NullMarked
package io.simtally.simulator;

import org.jspecify.annotations.NullMarked;
