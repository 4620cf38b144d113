/**
 * All five clients at work on a fleet whose servers fail now and then, and what came of it: the
 * engine of the concurrency test and of {@link io.simtally.reliability.load.Soak}.
 */
@NullMarked
package io.simtally.reliability.load;

import org.jspecify.annotations.NullMarked;
