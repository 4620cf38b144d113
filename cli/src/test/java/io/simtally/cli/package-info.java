/** Tests of the fleet report. */
@NullMarked
package io.simtally.cli;

import org.jspecify.annotations.NullMarked;
