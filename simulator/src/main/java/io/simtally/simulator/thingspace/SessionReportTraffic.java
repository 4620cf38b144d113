package io.simtally.simulator.thingspace;

import io.simtally.simulator.Fault;

/**
 * What has gone through the session reports of a {@link ThingSpaceSimulator} so far. Requests are
 * counted when they arrive, also those that meet a {@link Fault}.
 *
 * @param requests requests to {@code /api/hyper-precise/v1/report/sessions}
 * @param sessionsServed sessions in answers that were sent whole
 * @param bytesServed bytes of the bodies of these answers
 */
public record SessionReportTraffic(long requests, long sessionsServed, long bytesServed) {}
