package io.simtally.benchmarks.books;

import io.simtally.benchmarks.Fork;
import io.simtally.fleet.store.StoreException;
import io.simtally.fleet.store.UsageStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The runs that are killed: some in this process, some as processes of their own. */
final class Kills {
  private static final int KILLED = 128 + 9;

  /** The kills before each run, by the number of its day. */
  private final int[] byDay;

  private final Random random;
  private final int interval;
  private int left;
  private int processesLeft;
  private int done;
  private int ofProcesses;

  private long millisOfARun = 1_000;

  /**
   * Distributes kills over the runs.
   *
   * @param interval the days from one run to the next
   * @param kills the number of kills
   * @param processes how many of them kill a process
   */
  Kills(int ofDays, int interval, int kills, int processes, long seed) {
    this.random = new Random(seed);
    this.processesLeft = processes;
    this.interval = interval;
    this.byDay = new int[ofDays + 1];
    this.left = kills;
    var runs = ofDays / interval;
    for (int i = 0; i < kills; i++) {
      byDay[(1 + random.nextInt(runs)) * interval]++;
    }
  }

  /** Returns the number of kills before the run of a day. */
  int before(int day) {
    return byDay[day];
  }

  /** Sets how long an undisturbed run takes: a process is killed within this time. */
  void setMillisOfARun(long millis) {
    millisOfARun = Math.max(100, millis);
  }

  int done() {
    return done;
  }

  int ofProcesses() {
    return ofProcesses;
  }

  /** Runs the sync of a day until it is killed, and returns the store, opened again. */
  UsageStore kill(ModelUsage usage, int today, UsageStore store, String location)
      throws IOException, InterruptedException {
    if (random.nextInt(left--) < processesLeft) {
      store.close();
      processesLeft--;
      killProcess(usage, today, location);
      return UsageStore.open(location, Map.of());
    }
    var run = new ModelRun(usage, today, interval);
    try {
      run.sync(Cut.of(store, random), ModelRun.KILLED_HOUR).run(run.sources());
    } catch (StoreException e) {
      if (!Cut.MESSAGE.equals(e.getMessage())) {
        throw e;
      }
      done++;
    }
    // Accounts that were not cut are still being written.
    store.close();
    return UsageStore.open(location, Map.of());
  }

  private void killProcess(ModelUsage usage, int today, String location)
      throws IOException, InterruptedException {
    var child =
        Fork.start(
            BooksChild.class,
            List.of("-Xmx512m"),
            List.of(
                location,
                Long.toString(usage.seed()),
                Integer.toString(usage.devices()),
                usage.behavior().name(),
                Integer.toString(today),
                Integer.toString(interval)));
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      if (!"begun".equals(lines.readLine())) {
        throw new IllegalStateException("the child has not begun: " + child.waitFor());
      }
      if (!child.waitFor(random.nextLong(millisOfARun), TimeUnit.MILLISECONDS)) {
        child.destroyForcibly();
      }
      if (child.waitFor() == KILLED) {
        done++;
        ofProcesses++;
      } else if (child.exitValue() != 0) {
        throw new IllegalStateException("the child ended with " + child.exitValue());
      }
    }
  }
}
