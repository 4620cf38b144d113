package io.simtally.simulator.iotx;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A subscriber whose usage a user gave.
 *
 * @param history oldest first; of one time in the order in which it was given
 */
record IotxScriptedMember(IotxSubscriber subscriber, List<IotxUsage> history)
    implements IotxMember {
  IotxScriptedMember {
    history = history.stream().sorted(Comparator.comparing(IotxUsage::time)).toList();
  }

  @Override
  public void usage(IotxQuery range, Consumer<IotxUsage> told) {
    history.stream().filter(usage -> range.includes(usage.time())).forEach(told);
  }
}
