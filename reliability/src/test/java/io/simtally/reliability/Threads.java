package io.simtally.reliability;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The threads that were there before a test, to tell which it has left behind. */
public final class Threads {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /**
   * OkHttp and Okio share theirs among all clients of a process, and end them when idle; Java's own
   * carry virtual threads, and stay.
   */
  private static final Pattern SHARED =
      Pattern.compile(
          "OkHttp TaskRunner|Okio Watchdog|VirtualThread-.*|ForkJoinPool-1-.*|.*Poller");

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();

  private Threads() {}

  /** Remembers the threads there are. */
  public static Threads now() {
    return new Threads();
  }

  /** Waits until all threads that have come since are gone, and names those that are not. */
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
