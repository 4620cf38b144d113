package io.simtally.reliability.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the process holds at one moment.
 *
 * @param heapBytes what is left on the heap after a collection
 * @param threads all live threads of Java, but for those that OkHttp shares among all clients of a
 *     program and that end a minute after their last task
 * @param connections how many the server has open
 * @param files open file descriptors, or -1 where the system does not tell
 */
record Resources(long heapBytes, int threads, int connections, long files) {
  private static final int COLLECTIONS = 3;

  static Resources of(FleetServer server) {
    return new Resources(
        heapAfterCollection(), ownThreads(), server.openConnections(), openFiles());
  }

  private static int ownThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.getName().endsWith(" TaskRunner"))
            .count();
  }

  private static long heapAfterCollection() {
    var memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
      // What a collection has found unreachable, cleaners release on a thread of their own.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : -1;
  }

  @Override
  public String toString() {
    return "heap %.1f MiB, %d threads, %d connections, %d files"
        .formatted(heapBytes / 1024.0 / 1024.0, threads, connections, files);
  }
}
