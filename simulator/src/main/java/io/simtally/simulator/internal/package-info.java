/** The shared parts of the simulators; not for programs. */
@NullMarked
package io.simtally.simulator.internal;

import org.jspecify.annotations.NullMarked;
