/** Alef as a carrier: how its subscribers and days are read. */
@NullMarked
package io.simtally.fleet.alef;

import org.jspecify.annotations.NullMarked;
