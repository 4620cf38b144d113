package io.simtally.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills one of two executor processes in the middle of a job. */
final class LostExecutorTest {
  private static final int DEVICES = 400;

  @TempDir private Path folder;

  @Test
  void losesNoRowWhenAnExecutorDies() throws Exception {
    try (var fleet = SimulatedFleet.of(DEVICES)) {
      var listed = fleet.devices("mason-usage");
      var expected = fleet.synced(folder.resolve("fleet.duckdb"), "mason-usage", listed);
      var devices = SimulatedFleet.write(folder.resolve("devices.csv"), "mason-usage", listed);
      var rows = folder.resolve("rows");
      var events = Files.createDirectory(folder.resolve("events"));
      var output = folder.resolve("output");
      var job =
          ClusterProcess.start(
              fleet.simulators.environment(), output, ClusterJob.class, devices, rows, events);
      var asked = new AtomicInteger();
      var killed = new ArrayList<ProcessHandle>();
      fleet
          .simulators
          .mason()
          .every(
              1,
              Fault.changing(
                  answer -> {
                    // The driver starts only executors.
                    if (asked.incrementAndGet() == DEVICES / 3) {
                      job.children().findFirst().ifPresent(one -> kill(one, killed));
                    }
                    return answer;
                  }));
      try {
        assertThat(job.waitFor(4, TimeUnit.MINUTES)).as("ended in time").isTrue();
      } finally {
        job.descendants().forEach(ProcessHandle::destroyForcibly);
        job.destroyForcibly();
      }

      var said = Files.readString(output);
      assertThat(job.exitValue()).as(said).isZero();
      assertThat(Files.readAllLines(rows).equals(expected)).as("the rows of sync").isTrue();
      assertThat(killed).hasSize(1);
      var log = text(events);
      assertThat(log).contains("SparkListenerExecutorRemoved").contains("ExecutorLostFailure");
      assertThat(log).doesNotContain(fleet.simulators.mason().apiKey());
      assertThat(said).doesNotContain(fleet.simulators.mason().apiKey());
      assertThat(said).contains("partitions at 1 request a second: 1\n");
    }
  }

  private static void kill(ProcessHandle executor, List<ProcessHandle> killed) {
    if (executor.destroyForcibly()) {
      killed.add(executor);
    }
  }

  private static String text(Path folder) throws IOException {
    var text = new StringBuilder();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
