package io.simtally.simulator.thingspace;

import org.jspecify.annotations.Nullable;

/**
 * The accepted credentials of a simulated ThingSpace account.
 *
 * @param fixedBearer an access token that never expires; null for none
 * @param fixedSession a session token that never expires; null for none
 */
record ThingSpaceAccount(
    String key,
    String secret,
    String username,
    String password,
    @Nullable String fixedBearer,
    @Nullable String fixedSession) {}
