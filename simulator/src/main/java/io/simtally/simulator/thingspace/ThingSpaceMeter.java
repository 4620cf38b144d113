package io.simtally.simulator.thingspace;

import io.simtally.simulator.internal.ServedMeter;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a {@link ThingSpaceSimulator} does beside answering. Thread-safe. */
final class ThingSpaceMeter {
  final LongAdder tokensIssued = new LongAdder();
  final LongAdder logins = new LongAdder();
  final LongAdder failedLogins = new LongAdder();
  final ServedMeter served = new ServedMeter();
  final ServedMeter sessionsServed = new ServedMeter();
}
