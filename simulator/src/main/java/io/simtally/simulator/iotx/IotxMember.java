package io.simtally.simulator.iotx;

import java.util.function.Consumer;

/** A subscriber with its usage. */
interface IotxMember {
  IotxSubscriber subscriber();

  /** Tells what was used in a range, the oldest first. */
  void usage(IotxQuery range, Consumer<IotxUsage> told);
}
