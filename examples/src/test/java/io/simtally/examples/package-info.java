/** Runs the examples as their users do: each in a Java of its own, against the simulator. */
@NullMarked
package io.simtally.examples;

import org.jspecify.annotations.NullMarked;
