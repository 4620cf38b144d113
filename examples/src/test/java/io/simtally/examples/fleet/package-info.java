/** Tests of the fleet report. */
@NullMarked
package io.simtally.examples.fleet;

import org.jspecify.annotations.NullMarked;
