/** Tests of the simulated IoT-X. */
@NullMarked
package io.simtally.simulator.iotx;

import org.jspecify.annotations.NullMarked;
