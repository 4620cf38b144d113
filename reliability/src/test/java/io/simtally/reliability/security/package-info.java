/** What an attacker on the network, a hostile server or a careless caller could try. */
@NullMarked
package io.simtally.reliability.security;

import org.jspecify.annotations.NullMarked;
