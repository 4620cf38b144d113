/** Tests against attackers on the network, hostile servers and careless callers. */
@NullMarked
package io.simtally.reliability.security;

import org.jspecify.annotations.NullMarked;
