/** IoT-X Analytics as a carrier: how its days are read. */
@NullMarked
package io.simtally.fleet.iotx;

import org.jspecify.annotations.NullMarked;
