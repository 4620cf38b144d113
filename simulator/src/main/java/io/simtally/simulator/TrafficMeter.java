package io.simtally.simulator;

import java.util.concurrent.atomic.LongAdder;

/** Counts what goes through a {@link ThingSpaceSimulator}. Thread-safe. */
final class TrafficMeter {
  final LongAdder tokenRequests = new LongAdder();
  final LongAdder tokensIssued = new LongAdder();
  final LongAdder loginRequests = new LongAdder();
  final LongAdder logins = new LongAdder();
  final LongAdder failedLogins = new LongAdder();
  final LongAdder usageRequests = new LongAdder();
  final LongAdder unknownRequests = new LongAdder();
  final LongAdder refusedRequests = new LongAdder();
  final LongAdder sessionReportRequests = new LongAdder();
  final ServedMeter served = new ServedMeter();
  final ServedMeter sessionsServed = new ServedMeter();

  ThingSpaceTraffic read() {
    return new ThingSpaceTraffic(
        tokenRequests.sum(),
        tokensIssued.sum(),
        loginRequests.sum(),
        logins.sum(),
        failedLogins.sum(),
        usageRequests.sum(),
        unknownRequests.sum(),
        refusedRequests.sum(),
        served.rows(),
        served.bytes());
  }

  SessionReportTraffic readSessionReports() {
    return new SessionReportTraffic(
        sessionReportRequests.sum(), sessionsServed.rows(), sessionsServed.bytes());
  }
}
