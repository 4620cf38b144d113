/** Tests of faults on the network between a client and its server. */
@NullMarked
package io.simtally.reliability.network;

import org.jspecify.annotations.NullMarked;
