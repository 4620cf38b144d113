package io.simtally.reliability.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The resources of the process at one moment.
 *
 * @param heapBytes the size of the heap after a collection
 * @param threads all live Java threads, without those that OkHttp shares among all clients of a
 *     process and that end a minute after their last task
 * @param connections the number of the server's open connections
 * @param files the number of open file descriptors, or -1 if it is unknown
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
      // Cleaners release unreachable resources on another thread.
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
