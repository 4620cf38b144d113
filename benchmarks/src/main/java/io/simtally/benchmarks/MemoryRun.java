package io.simtally.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Measures whether the live heap grows with the fleet. Each run has its own JVM. */
final class MemoryRun {
  private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseSerialGC");
  private static final int MASON_PAGES = 1_000;

  private MemoryRun() {}

  static void run(String server, Table table) throws IOException, InterruptedException {
    var small = heap(server, 2_000);
    var large = heap(server, 200_000);
    table.atMost(
        "live heap of a run over 200,000 devices by that of one over 2,000",
        1.1,
        Spread.exactly(large.median() / small.median()));
    table.detail("Live heap, 64 in flight", "devices", "MiB, seen 9 times");
    table.detailRow("2,000", small.times(1.0 / (1 << 20)));
    table.detailRow("200,000", large.times(1.0 / (1 << 20)));
    mason(server, "plain", table);
    mason(server, "prefetch", table);
  }

  private static Spread heap(String server, int devices) throws IOException, InterruptedException {
    var out = Fork.run(Fleet.Heap.class, OPTIONS, List.of(server, String.valueOf(devices), "9"));
    return Spread.of(Arrays.stream(out.split(" ", -1)).map(Double::valueOf).toList());
  }

  private static void mason(String server, String mode, Table table)
      throws IOException, InterruptedException {
    var arguments = List.of(server, String.valueOf(MASON_PAGES), mode);
    var numbers =
        Arrays.stream(Fork.run(MasonStream.class, OPTIONS, arguments).split(" ", -1))
            .map(Double::valueOf)
            .toList();
    var heap = numbers.subList(2, numbers.size());
    var title = "Mason stream, 1,000,000 rows" + (mode.equals("plain") ? "" : ", prefetch()");
    table.exactly(title + ": rows", 1_000_000, Math.round(numbers.get(0)));
    table.exactly(
        title + ": pages asked for ahead of the one being read",
        mode.equals("plain") ? 0 : 1,
        Math.round(numbers.get(1)));
    table.atMost(
        title + ": live heap in the second half by that in the first",
        1.1,
        Spread.exactly(
            Spread.of(heap.subList(heap.size() / 2, heap.size())).median()
                / Spread.of(heap.subList(0, heap.size() / 2)).median()));
    table.detail(title, "rows read", "live heap, MiB");
    for (int i = 0; i < heap.size(); i++) {
      table.detailRow((i + 1) * 100 + ",000", heap.get(i) / (1 << 20));
    }
  }
}
