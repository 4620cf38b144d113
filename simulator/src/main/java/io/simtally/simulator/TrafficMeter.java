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
  private final LongAdder rowsServed = new LongAdder();
  private final LongAdder bytesServed = new LongAdder();
  private final LongAdder sessionsServed = new LongAdder();
  private final LongAdder sessionReportBytesServed = new LongAdder();

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
        rowsServed.sum(),
        bytesServed.sum());
  }

  SessionReportTraffic readSessionReports() {
    return new SessionReportTraffic(
        sessionReportRequests.sum(), sessionsServed.sum(), sessionReportBytesServed.sum());
  }

  AnswerBody.Delivery page(int rows, int bytes) {
    return new Counted(rowsServed, rows, bytesServed, bytes);
  }

  AnswerBody.Delivery report(int sessions, int bytes) {
    return new Counted(sessionsServed, sessions, sessionReportBytesServed, bytes);
  }

  private record Counted(LongAdder rowsServed, int rows, LongAdder bytesServed, int bytes)
      implements AnswerBody.Delivery {
    @Override
    public void sent() {
      rowsServed.add(rows);
      bytesServed.add(bytes);
    }

    @Override
    public void failed() {
      rowsServed.add(-rows);
      bytesServed.add(-bytes);
    }
  }
}
