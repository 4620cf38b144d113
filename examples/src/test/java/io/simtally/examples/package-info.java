/** Runs each example in its own JVM, with the simulator. */
@NullMarked
package io.simtally.examples;

import org.jspecify.annotations.NullMarked;
