package io.simtally.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The time and memory that this process has used so far. */
record Meter(long wallNanos, long cpuNanos, long allocatedBytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Path TASKS = Path.of("/proc/self/task");

  static Meter read() {
    return new Meter(System.nanoTime(), cpuNanosSoFar(), allocated());
  }

  /** Returns the difference to {@code earlier}. */
  Meter since(Meter earlier) {
    return new Meter(
        wallNanos - earlier.wallNanos,
        cpuNanos - earlier.cpuNanos,
        allocatedBytes - earlier.allocatedBytes);
  }

  private static long allocated() {
    var sum = 0L;
    for (var bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
      sum += Math.max(bytes, 0);
    }
    return sum;
  }

  /** Returns the CPU time of all threads, including the compiler's and the collector's. */
  private static long cpuNanosSoFar() {
    // The JDK's own counter has a resolution of 10 ms.
    if (!Files.isDirectory(TASKS)) {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }
    var sum = 0L;
    try (var tasks = Files.newDirectoryStream(TASKS)) {
      for (var task : tasks) {
        sum += taskNanos(task);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum;
  }

  private static long taskNanos(Path task) throws IOException {
    try {
      var stat = Files.readString(task.resolve("schedstat"));
      return Long.parseLong(stat.substring(0, stat.indexOf(' ')));
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }
}
