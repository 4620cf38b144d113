package io.simtally.simulator;

import java.util.Map;

/**
 * Where a request leads.
 *
 * @param endpoint who answers it
 * @param operation what it asks for
 * @param pathValues decoded, by the names in the operation's template
 */
public record Route(Endpoint endpoint, Operation operation, Map<String, String> pathValues) {}
