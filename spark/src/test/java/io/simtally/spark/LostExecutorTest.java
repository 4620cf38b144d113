package io.simtally.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
      var job = job(fleet, output, devices, rows, events);
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

  /**
   * Starts the driver with the carrier's address in its environment, which its executors inherit.
   */
  private static Process job(SimulatedFleet fleet, Path output, Path... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("spark.opens").split(" ")));
    command.addAll(List.of("-Xmx512m", "-cp", String.join(File.pathSeparator, classPath())));
    command.add(ClusterJob.class.getName());
    List.of(arguments).forEach(argument -> command.add(argument.toString()));
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    process.environment().putAll(fleet.simulators.environment());
    process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    process.environment().put("SPARK_SCALA_VERSION", System.getProperty("scala.binary", "2.12"));
    process.environment().put("SPARK_HOME", sparkHome().toString());
    return process.start();
  }

  /** Creates a folder with all jars, as in a distribution. */
  private static Path sparkHome() throws IOException {
    // Outside of the test's folder, because JUnit warns of each link that it deletes.
    var home = Path.of("target", "spark-home").toAbsolutePath();
    var jars = Files.createDirectories(home.resolve("jars"));
    for (var entry : classPath()) {
      var link = jars.resolve(Path.of(entry).getFileName());
      if (entry.endsWith(".jar") && !Files.exists(link)) {
        Files.createSymbolicLink(link, Path.of(entry));
      }
    }
    return home;
  }

  /** Returns the class path of this test, with absolute paths for processes in other folders. */
  private static List<String> classPath() {
    // The first jar of the test runner only lists the others in its manifest.
    var entries =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(entries.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .distinct()
        .toList();
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
