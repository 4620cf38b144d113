/**
 * ThingSpace M2M and Hyper-Precise as carriers: how their devices and days are read with one login.
 */
@NullMarked
package io.simtally.fleet.thingspace;

import org.jspecify.annotations.NullMarked;
