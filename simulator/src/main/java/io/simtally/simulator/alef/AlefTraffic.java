package io.simtally.simulator.alef;

import io.simtally.simulator.Fault;

/**
 * What has gone through an {@link AlefSimulator} so far. Requests are counted when they arrive,
 * also those that meet a {@link Fault}.
 *
 * @param reportRequests requests to {@code /connectivity/v1/report}
 * @param unknownRequests requests to anything else
 * @param refusedRequests requests that the service would refuse, whatever they asked for; without
 *     those that met a scripted status
 * @param rowsServed points of series and values of snapshots in answers that were sent whole
 * @param bytesServed bytes of the bodies of these answers
 */
public record AlefTraffic(
    long reportRequests,
    long unknownRequests,
    long refusedRequests,
    long rowsServed,
    long bytesServed) {}
