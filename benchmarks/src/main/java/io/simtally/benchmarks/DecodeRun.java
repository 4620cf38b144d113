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
 * Runs the JMH benchmarks. Several passes over all of them, each in a fresh JVM, so that a bad
 * minute of the machine does not meet one contestant alone.
 */
final class DecodeRun {
  private final Map<String, List<Double>> nanos = new LinkedHashMap<>();
  private final Map<String, List<Double>> allocated = new LinkedHashMap<>();

  /** One short iteration in this JVM, which tells nothing but that they run. */
  static DecodeRun smoke() throws RunnerException {
    return run(1, 0, 0, 1, TimeValue.milliseconds(5), ".*");
  }

  static DecodeRun full(String include) throws RunnerException {
    return run(3, 1, 3, 6, TimeValue.milliseconds(400), include);
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

  /** How many times the time of {@code one} that of {@code other} is, iteration by iteration. */
  Spread ratio(String one, String other) {
    return Spread.ofRatios(array(one), array(other));
  }

  private double[] array(String name) {
    return values(nanos, name).stream().mapToDouble(Double::doubleValue).toArray();
  }

  void report(Table table) {
    var sizes = new DecodeBenchmark();
    table.atLeast(
        "decode ThingSpace page, 500 records: times as fast as Jackson databind",
        1.7,
        ratio("thingSpaceJackson", "thingSpaceSimtally"));
    table.atLeast(
        "decode Mason page, 1,000 rows: times as fast as Jackson databind",
        1.7,
        ratio("masonJackson", "masonSimtally"));
    table.atLeast(
        "decode IoT-X, 10,000 subscribers × 3 buckets: times as fast as Jackson databind",
        7,
        ratio("iotxJackson", "iotxSimtally"));
    for (var page : List.of("thingSpace", "mason")) {
      var title = page.equals("mason") ? "Mason" : "ThingSpace";
      table.atMost(
          title + " page: decode time / time of Moshi's reader to skip it",
          1.4,
          ratio(page + "Simtally", page + "Skip"));
      table.atMost(
          title + " page: bytes allocated per input byte",
          2.0,
          allocated(page + "Simtally").times(1.0 / sizes.bytes(page)));
    }
    table.atLeast(
        "timestamp: times as fast as OffsetDateTime.parse",
        15,
        ratio("timestampJdk", "timestampSimtally"));
    table.atMost("timestamp: bytes allocated", 72, allocated("timestampSimtally"));
    table.detail("Decoding", "benchmark", "µs", "bytes allocated");
    for (var name : names()) {
      table.detailRow(name, nanos(name).times(0.001), allocated(name).median());
    }
  }
}
