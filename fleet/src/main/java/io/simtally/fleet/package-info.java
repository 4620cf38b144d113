/** Calls for many devices, and the list of the carriers. */
@NullMarked
package io.simtally.fleet;

import org.jspecify.annotations.NullMarked;
