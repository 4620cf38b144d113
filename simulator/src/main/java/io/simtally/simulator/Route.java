package io.simtally.simulator;

import java.util.Map;

/**
 * Where a request leads.
 *
 * @param pathValues decoded, by the names in the operation's template
 */
public record Route(Endpoint endpoint, Operation operation, Map<String, String> pathValues) {}
