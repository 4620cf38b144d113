package io.simtally.simulator.thingspace;

import io.simtally.simulator.Fault;

/**
 * The session reports of a {@link ThingSpaceSimulator} so far. A request is counted when it
 * arrives, also if it meets a {@link Fault}.
 *
 * @param requests requests to {@code /api/hyper-precise/v1/report/sessions}
 * @param sessionsServed sessions in answers that were sent completely
 * @param bytesServed bytes of the bodies of these answers
 */
public record SessionReportTraffic(long requests, long sessionsServed, long bytesServed) {}
