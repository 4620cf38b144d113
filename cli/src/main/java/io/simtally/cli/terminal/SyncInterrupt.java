package io.simtally.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/**
 * Ctrl-C and SIGTERM while a sync runs. The first signal ends the sync after the devices under way
 * are stored, or after 30 seconds. The second signal ends the process at once. The store is
 * consistent in both cases.
 */
public final class SyncInterrupt implements AutoCloseable {
  /** The exit code of an interrupted command. */
  public static final int EXIT_CODE = 130;

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final List<String> NAMES = List.of("INT", "TERM");

  private final AtomicInteger signals = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<String, Object> before = new LinkedHashMap<>();
  private final PrintWriter console;

  public SyncInterrupt(PrintWriter console) {
    this.console = console;
    for (var name : NAMES) {
      var handler = Signals.register(name, this::signal);
      if (handler != null) {
        before.put(name, handler);
      }
    }
  }

  public boolean isWanted() {
    return signals.get() > 0;
  }

  private void signal() {
    if (signals.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
    print("Ending after the devices under way are stored; a second Ctrl-C ends at once ...");
    var bound = new Thread(this::haltInTime, "simtally-interrupt");
    bound.setDaemon(true);
    bound.start();
  }

  private void haltInTime() {
    try {
      Thread.sleep(LONGEST.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (closed.get()) {
      return;
    }
    print("Ended: the devices under way took longer than " + LONGEST.toSeconds() + " s.");
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  private void print(String line) {
    console.println();
    console.println(line);
    console.flush();
  }

  /** Restores what the signals did before. */
  @Override
  public void close() {
    closed.set(true);
    before.forEach(Signals::unregister);
  }
}
