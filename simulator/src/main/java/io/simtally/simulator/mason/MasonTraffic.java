package io.simtally.simulator.mason;

import io.simtally.simulator.Fault;

/**
 * What has gone through a {@link MasonSimulator} so far. Requests are counted when they arrive,
 * also those that meet a {@link Fault}.
 *
 * @param usageRequests requests for usage, of all calls
 * @param unknownRequests requests to anything else
 * @param refusedRequests requests that the service would refuse, whatever they asked for; without
 *     those that met a scripted status
 * @param rowsServed rows of usage in answers that were sent whole
 * @param bytesServed bytes of the bodies of these answers
 */
public record MasonTraffic(
    long usageRequests,
    long unknownRequests,
    long refusedRequests,
    long rowsServed,
    long bytesServed) {}
