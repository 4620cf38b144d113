/**
 * Load tests of all five clients on a fleet with servers that fail at times: the engine of the
 * concurrency test and of {@link io.simtally.reliability.load.Soak}.
 */
@NullMarked
package io.simtally.reliability.load;

import org.jspecify.annotations.NullMarked;
