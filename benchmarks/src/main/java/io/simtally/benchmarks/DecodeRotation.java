package io.simtally.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The decoders in rotation, by CPU time. The ratios come from this run: JMH measures wall-clock
 * time, which other load on the machine disturbs.
 */
final class DecodeRotation {
  private static final int TIMESTAMPS = 1_000;
  private static final long WARM_UP_MILLIS = 6_000;
  private static final int ROUNDS = 15;

  private DecodeRotation() {}

  static void run(Table table) throws Exception {
    var decode = new DecodeBenchmark();
    page(
        table,
        "ThingSpace page, 500 records",
        1.7,
        contestants(decode::thingSpaceSimtally, decode::thingSpaceJackson, decode::thingSpaceSkip));
    page(
        table,
        "Mason page, 1,000 rows",
        1.7,
        contestants(decode::masonSimtally, decode::masonJackson, decode::masonSkip));
    page(
        table,
        "IoT-X, 10,000 subscribers × 3 buckets",
        7,
        contestants(decode::iotxSimtally, decode::iotxJackson, decode::iotxSkip));
    timestamps(table);
  }

  private static Map<String, Contestant> contestants(
      Contestant simtally, Contestant jackson, Contestant skip) {
    var contestants = new LinkedHashMap<String, Contestant>();
    contestants.put("Simtally", simtally);
    contestants.put("Jackson databind", jackson);
    contestants.put("Moshi's reader, skipping", skip);
    return contestants;
  }

  private static void page(
      Table table, String what, double goal, Map<String, Contestant> contestants) throws Exception {
    var rotation = Rotation.timed(contestants, WARM_UP_MILLIS, ROUNDS, 600);
    table.atLeast(
        "decode " + what + ": times as fast as Jackson databind",
        goal,
        rotation.cpuRatio("Jackson databind", "Simtally"));
    if (what.contains("page")) {
      table.atMost(
          "decode " + what + ": by the time of Moshi's reader to skip it",
          1.4,
          rotation.cpuRatio("Simtally", "Moshi's reader, skipping"));
    }
    rotation.detail(table, "Decoding, " + what, "Simtally");
  }

  private static void timestamps(Table table) throws Exception {
    var benchmark = new TimestampBenchmark();
    var contestants = new LinkedHashMap<String, Contestant>();
    contestants.put("Simtally", () -> many(benchmark::timestampSimtally));
    contestants.put("JDK", () -> many(benchmark::timestampJdk));
    var rotation = Rotation.timed(contestants, WARM_UP_MILLIS / 2, ROUNDS, 300);
    table.atLeast(
        "timestamp: times as fast as OffsetDateTime.parse",
        15,
        rotation.cpuRatio("JDK", "Simtally"));
    rotation.detail(table, "Timestamps, 1,000 each", "Simtally");
  }

  private static Object many(Contestant parse) throws Exception {
    // All times are kept, so that the JIT cannot remove the parsing.
    var times = new Object[TIMESTAMPS];
    for (int i = 0; i < TIMESTAMPS; i++) {
      times[i] = parse.call();
    }
    return times;
  }
}
