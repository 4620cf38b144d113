/** Ten short programs for frequent tasks, each with less than 15 lines of code. */
@NullMarked
package io.simtally.examples.programs;

import org.jspecify.annotations.NullMarked;
