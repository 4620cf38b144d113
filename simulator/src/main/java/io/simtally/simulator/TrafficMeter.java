package io.simtally.simulator;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a {@link ThingSpaceSimulator} does beside answering. Thread-safe. */
final class TrafficMeter {
  final LongAdder tokensIssued = new LongAdder();
  final LongAdder logins = new LongAdder();
  final LongAdder failedLogins = new LongAdder();
  final ServedMeter served = new ServedMeter();
  final ServedMeter sessionsServed = new ServedMeter();
}
