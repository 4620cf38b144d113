package io.simtally.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the time from the start of {@code main} to the first decoded response, each time in a
 * fresh JVM.
 */
final class ColdStart {
  private static final List<String> CONTESTANTS =
      List.of("plain OkHttp", "Simtally", "hand-wired Moshi", "Retrofit", "java.net.http");

  private final Map<String, List<Double>> millis = new LinkedHashMap<>();

  /** Makes one call; the arguments are the name of the contestant and the URL. */
  public static void main(String[] args) throws Exception {
    var start = System.nanoTime();
    var answer = ThingSpaceCalls.named(args[0], args[1]).call();
    var nanos = System.nanoTime() - start;
    if (answer.hashCode() == 0) {
      System.out.print(' '); // uses the answer, so that the JIT cannot remove it
    }
    System.out.println(nanos);
    System.exit(0);
  }

  /** Runs the contestants alternately. */
  static ColdStart run(String url, int processes) throws IOException, InterruptedException {
    var run = new ColdStart();
    for (int i = 0; i < processes; i++) {
      for (int turn = 0; turn < CONTESTANTS.size(); turn++) {
        var name = CONTESTANTS.get((turn + i) % CONTESTANTS.size());
        // The two compared contestants run twice as often as the others.
        if (i % 2 == 0 || CONTESTANTS.indexOf(name) < 2) {
          var nanos = Long.parseLong(Fork.run(ColdStart.class, List.of(), List.of(name, url)));
          run.millis.computeIfAbsent(name, unused -> new ArrayList<>()).add(nanos / 1e6);
        }
      }
    }
    return run;
  }

  void report(Table table) {
    table.atMost(
        "cold start, main to first decoded answer, by that of plain OkHttp",
        1.08,
        Spread.ofRatios(sorted("Simtally"), sorted("plain OkHttp")));
    table.detail("Cold start", "contestant", "processes", "ms");
    millis.forEach((name, times) -> table.detailRow(name, times.size(), Spread.of(times)));
  }

  /** Sorts the times, to pair fast with fast and slow with slow processes. */
  private double[] sorted(String name) {
    return millis.getOrDefault(name, List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .sorted()
        .toArray();
  }
}
