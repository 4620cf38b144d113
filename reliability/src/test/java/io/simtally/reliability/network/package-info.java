/** What happens on the way between a client and its server, and how calls end then. */
@NullMarked
package io.simtally.reliability.network;

import org.jspecify.annotations.NullMarked;
