/** Mason as a carrier: how its SIMs and days are read. */
@NullMarked
package io.simtally.fleet.mason;

import org.jspecify.annotations.NullMarked;
