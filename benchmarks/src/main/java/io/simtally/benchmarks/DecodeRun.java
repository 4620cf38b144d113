package io.simtally.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the JMH benchmarks. It makes several passes over all of them, each in a fresh JVM, so that a
 * disturbance of the machine does not affect only one contestant.
 */
final class DecodeRun {
  private final Map<String, List<Double>> nanos = new LinkedHashMap<>();
  private final Map<String, List<Double>> allocated = new LinkedHashMap<>();

  /** Runs one short iteration in this JVM, only to check that the benchmarks work. */
  static DecodeRun smoke() throws RunnerException {
    return run(1, 0, 0, 1, TimeValue.milliseconds(5), ".*");
  }

  /** Runs only the contestants that have a goal, to use the time for their warm-up. */
  static DecodeRun full() throws RunnerException {
    return run(1, 1, 7, 6, TimeValue.milliseconds(400), ".*(Simtally|Jackson|Skip|Jdk)$");
  }

  private static DecodeRun run(
      int passes, int forks, int warmups, int iterations, TimeValue time, String include)
      throws RunnerException {
    var run = new DecodeRun();
    for (int pass = 0; pass < passes; pass++) {
      run.add(
          new Runner(
                  new OptionsBuilder()
                      .include("io\\.simtally\\.benchmarks\\." + include)
                      .forks(forks)
                      .warmupIterations(warmups)
                      .warmupTime(TimeValue.milliseconds(time.convertTo(TimeUnit.MILLISECONDS) * 2))
                      .measurementIterations(iterations)
                      .measurementTime(time)
                      .addProfiler(GCProfiler.class)
                      .jvmArgsAppend("-Xms1g", "-Xmx1g", "-Djmh.ignoreLock=true")
                      .verbosity(VerboseMode.SILENT)
                      .shouldFailOnError(true)
                      .build())
              .run());
    }
    return run;
  }

  private void add(Collection<RunResult> results) {
    for (var result : results) {
      var label = result.getParams().getBenchmark();
      var name = label.substring(label.lastIndexOf('.') + 1);
      for (var benchmark : result.getBenchmarkResults()) {
        for (var iteration : benchmark.getIterationResults()) {
          values(nanos, name).add(iteration.getPrimaryResult().getScore());
          iteration
              .getSecondaryResults()
              .forEach(
                  (metric, value) -> {
                    if (metric.endsWith("gc.alloc.rate.norm")) {
                      values(allocated, name).add(value.getScore());
                    }
                  });
        }
      }
    }
  }

  private static List<Double> values(Map<String, List<Double>> map, String name) {
    return map.computeIfAbsent(name, unused -> new ArrayList<>());
  }

  List<String> names() {
    return List.copyOf(nanos.keySet());
  }

  Spread nanos(String name) {
    return Spread.of(values(nanos, name));
  }

  Spread allocated(String name) {
    return Spread.of(values(allocated, name));
  }

  void report(Table table) {
    var sizes = new DecodeBenchmark();
    for (var page : List.of("thingSpace", "mason")) {
      var title = page.equals("mason") ? "Mason" : "ThingSpace";
      table.atMost(
          title + " page: bytes allocated per input byte",
          2.0,
          allocated(page + "Simtally").times(1.0 / sizes.bytes(page)));
    }
    // JMH divides the allocations of an iteration itself among its operations: fractions of a byte.
    table.atMost(
        "timestamp: bytes allocated",
        72,
        Spread.exactly(Math.rint(allocated("timestampSimtally").median())));
    table.detail("JMH", "benchmark", "µs", "bytes allocated");
    for (var name : names()) {
      table.detailRow(name, nanos(name).times(0.001), allocated(name).median());
    }
  }
}
