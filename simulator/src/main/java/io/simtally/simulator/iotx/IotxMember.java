package io.simtally.simulator.iotx;

import io.simtally.simulator.internal.MemberUsage;
import java.util.List;

/** A subscriber with its usage. */
record IotxMember(IotxSubscriber subscriber, MemberUsage<IotxUsage> history) {
  /** Returns the usage in a range, the oldest first. */
  List<IotxUsage> usage(IotxQuery range) {
    return history.between(range.start(), range.end().minusNanos(1));
  }
}
