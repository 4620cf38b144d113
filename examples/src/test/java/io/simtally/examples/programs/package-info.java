/** Tests of the ten short programs. */
@NullMarked
package io.simtally.examples.programs;

import org.jspecify.annotations.NullMarked;
