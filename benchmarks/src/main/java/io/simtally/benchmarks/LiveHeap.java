package io.simtally.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;

/** The heap that is live after a full collection. */
final class LiveHeap {
  private LiveHeap() {}

  /** Runs a full collection and returns the live heap right after it, without later allocations. */
  static synchronized long bytes() {
    System.gc();
    var sum = 0L;
    for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
      var usage = pool.getCollectionUsage();
      if (pool.getType() == MemoryType.HEAP && usage != null) {
        sum += usage.getUsed();
      }
    }
    return sum;
  }
}
