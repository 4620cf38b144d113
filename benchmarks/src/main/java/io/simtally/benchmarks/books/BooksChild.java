package io.simtally.benchmarks.books;

import io.simtally.fleet.store.UsageStore;
import java.util.Map;

/** A sync in a process of its own, which its parent kills. */
public final class BooksChild {
  private BooksChild() {}

  /**
   * Runs the sync of a day.
   *
   * @param args the store, the seed, the number of devices, the behavior of the carriers, the
   *     number of the day, and the days from one run to the next
   */
  public static void main(String[] args) {
    var usage =
        new ModelUsage(
            Long.parseLong(args[1]),
            Integer.parseInt(args[2]),
            ModelUsage.Behavior.valueOf(args[3]));
    var run = new ModelRun(usage, Integer.parseInt(args[4]), Integer.parseInt(args[5]));
    try (var store = UsageStore.open(args[0], Map.of())) {
      System.out.println("begun");
      run.sync(store, ModelRun.KILLED_HOUR).run(run.sources());
    }
    System.out.println("ended");
  }
}
