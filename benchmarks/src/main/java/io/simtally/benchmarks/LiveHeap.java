package io.simtally.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;

/** What a full collection leaves. */
final class LiveHeap {
  private LiveHeap() {}

  /** Collects, and returns what the collector found alive, whatever came since. */
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
