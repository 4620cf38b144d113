package io.simtally.simulator.thingspace;

import io.simtally.simulator.Fault;

/**
 * What has gone through a {@link ThingSpaceSimulator} so far. Requests are counted when they
 * arrive, also those that meet a {@link Fault}. Session reports are counted by {@link
 * SessionReportTraffic}, but refused ones here too.
 *
 * @param tokenRequests requests to {@code /api/ts/v1/oauth2/token}
 * @param tokensIssued how many different access tokens were handed out
 * @param loginRequests requests to {@code /api/m2m/v1/session/login}
 * @param logins logins that opened a session
 * @param failedLogins logins refused for their username or password, or because the user is locked
 * @param usageRequests requests to {@code /api/m2m/v1/devices/usage/actions/list}
 * @param unknownRequests requests to anything else
 * @param refusedRequests requests that the service would refuse, whatever they asked for; without
 *     those that met a scripted status
 * @param rowsServed rows of usage in answers that were sent whole
 * @param bytesServed bytes of the bodies of these answers
 */
public record ThingSpaceTraffic(
    long tokenRequests,
    long tokensIssued,
    long loginRequests,
    long logins,
    long failedLogins,
    long usageRequests,
    long unknownRequests,
    long refusedRequests,
    long rowsServed,
    long bytesServed) {}
