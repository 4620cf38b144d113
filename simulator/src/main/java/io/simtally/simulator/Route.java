package io.simtally.simulator;

import java.util.Map;

/**
 * The endpoint and the operation of a request.
 *
 * @param endpoint answers the request
 * @param operation the documented call
 * @param pathValues decoded values by their names in the operation's template
 */
public record Route(
    SimulatorEndpoint endpoint, Operation operation, Map<String, String> pathValues) {}
