/** What tests over all clients share. */
@NullMarked
package io.simtally.reliability;

import org.jspecify.annotations.NullMarked;
