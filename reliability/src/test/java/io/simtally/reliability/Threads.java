package io.simtally.reliability;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The threads before a test, to find those that the test leaves behind. */
public final class Threads {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /**
   * OkHttp and Okio share threads among all clients of a process and end them when idle. Java's own
   * threads, which carry virtual threads, stay.
   */
  private static final Pattern SHARED =
      Pattern.compile(
          "OkHttp TaskRunner|Okio Watchdog|VirtualThread-.*|ForkJoinPool-1-.*|.*Poller");

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();

  private Threads() {}

  /** Returns the current threads. */
  public static Threads now() {
    return new Threads();
  }

  /** Waits for all new threads to end and returns the names of those that do not. */
  public List<String> left() {
    var patience = System.nanoTime() + PATIENCE_NANOS;
    var left = more();
    while (!left.isEmpty() && System.nanoTime() < patience) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      left = more();
    }
    return left;
  }

  private List<String> more() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> !SHARED.matcher(name).matches())
        .toList();
  }
}
