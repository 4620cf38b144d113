package io.simtally.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts what several executors send to one account: logins, and requests over time. */
final class SharedAccountTest {
  /** Set it to 10 for the run by hand. */
  private static final int EXECUTORS = Integer.getInteger("spark.test.executors", 3);

  private static final int DEVICES = 60;

  @TempDir private Path folder;

  @Test
  void sendsAWrongPasswordOnce() throws Exception {
    try (var fleet = SimulatedFleet.of(DEVICES)) {
      var environment = new HashMap<>(fleet.simulators.environment());
      environment.put("THINGSPACE_PASSWORD", "8d1c3ab0-refused");

      var lines = run(fleet, environment, 100, 3);

      assertThat(fleet.simulators.thingSpace().calls(Operation.LOGIN)).hasSize(1);
      assertThat(fleet.simulators.thingSpace().calls(Operation.USAGE_HISTORY)).isEmpty();
      assertThat(lines).hasSize(3).noneMatch(line -> line.contains("8d1c3ab0-refused"));
      assertThat(lines.get(0)).contains("an executor could not log in");
      assertThat(lines.get(2)).contains("have been refused before, and are not sent again");
    }
  }

  @Test
  void keepsToTheRateWithSpeculationAndLogsInOncePerExecutor() throws Exception {
    int rate = 20;
    try (var fleet = SimulatedFleet.of(DEVICES)) {
      var devices = fleet.devices("thingspace-m2m");
      var expected = fleet.synced(folder.resolve("fleet.duckdb"), "thingspace-m2m", devices);
      int before = fleet.simulators.thingSpace().calls(Operation.LOGIN).size();
      var arrivals = new ConcurrentLinkedQueue<Long>();
      fleet
          .simulators
          .thingSpace()
          .usageFaults()
          .every(
              1,
              Fault.changing(
                  answer -> {
                    arrivals.add(System.nanoTime());
                    return answer;
                  }));

      var lines = run(fleet, fleet.simulators.environment(), rate, 1);

      assertThat(lines).isEqualTo(expected);
      assertThat(fleet.simulators.thingSpace().calls(Operation.LOGIN).size() - before)
          .isBetween(1, EXECUTORS);
      assertThat(arrivals).hasSizeGreaterThanOrEqualTo(DEVICES);
      var times = arrivals.stream().sorted().toList();
      for (int i = EXECUTORS; i < times.size(); i++) {
        // Each executor may send one request at once. A slow machine only makes requests later.
        var least = TimeUnit.SECONDS.toNanos(i - EXECUTORS) / rate;
        assertThat(times.get(i) - times.get(0)).as("time of request " + i).isGreaterThan(least);
      }
      System.out.println("most requests in a second: " + mostInASecond(times));
    }
  }

  private static int mostInASecond(List<Long> times) {
    int most = 0;
    for (var from : times) {
      most =
          Math.max(
              most,
              (int)
                  times.stream()
                      .filter(at -> at >= from && at < from + TimeUnit.SECONDS.toNanos(1))
                      .count());
    }
    return most;
  }

  private List<String> run(
      SimulatedFleet fleet, Map<String, String> environment, int rate, int times) throws Exception {
    var list =
        SimulatedFleet.write(
            folder.resolve("devices.csv"), "thingspace-m2m", fleet.devices("thingspace-m2m"));
    var lines = folder.resolve("lines");
    var output = folder.resolve("output");
    var job =
        ClusterProcess.start(
            environment, output, SharedAccountJob.class, list, lines, EXECUTORS, rate, times);
    try {
      assertThat(job.waitFor(20, TimeUnit.MINUTES)).as("ended in time").isTrue();
    } finally {
      ClusterProcess.end(job);
    }
    assertThat(job.exitValue()).as(Files.readString(output)).isZero();
    assertThat(Files.readString(output))
        .doesNotContain(environment.get("THINGSPACE_PASSWORD"))
        .doesNotContain(environment.get("THINGSPACE_SECRET"));
    return Files.readAllLines(lines);
  }
}
