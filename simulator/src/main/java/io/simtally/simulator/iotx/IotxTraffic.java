package io.simtally.simulator.iotx;

import io.simtally.simulator.Fault;

/**
 * What has gone through an {@link IotxSimulator} so far. Requests are counted when they arrive,
 * also those that meet a {@link Fault}.
 *
 * @param tokensIssued tokens handed out by {@link IotxSimulator#issueToken}
 * @param usageRequests requests to the eight analytics calls
 * @param unknownRequests requests to anything else
 * @param refusedRequests requests that the service would refuse, whatever they asked for; without
 *     those that met a scripted status
 * @param rowsServed counts in answers that were sent whole, each with its time or address; totals
 *     are none
 * @param bytesServed bytes of the bodies of these answers
 */
public record IotxTraffic(
    long tokensIssued,
    long usageRequests,
    long unknownRequests,
    long refusedRequests,
    long rowsServed,
    long bytesServed) {}
