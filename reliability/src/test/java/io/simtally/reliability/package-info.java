/** Shared code of the tests of all clients. */
@NullMarked
package io.simtally.reliability;

import org.jspecify.annotations.NullMarked;
