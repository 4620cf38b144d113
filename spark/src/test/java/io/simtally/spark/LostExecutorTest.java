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

/** Two executors, in processes of their own, one of which is killed in the middle of the job. */
final class LostExecutorTest {
  private static final int DEVICES = 400;

  @TempDir private Path folder;

  @Test
  void losesTheTasksOfAnExecutorThatDiesAndNoRow() throws Exception {
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
                    // Nothing but executors is started by the driver.
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

  /** The driver, with the way to the carrier in its environment, which its executors inherit. */
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
    process.environment().put("SPARK_SCALA_VERSION", "2.13");
    process.environment().put("SPARK_HOME", sparkHome().toString());
    return process.start();
  }

  /** What a distribution has: a folder with all jars. */
  private static Path sparkHome() throws IOException {
    // Not in the test's folder, lest its end warn of each link.
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

  /** That of this test, for processes that begin elsewhere. */
  private static List<String> classPath() {
    // The test runner begins with a jar that only names the others.
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
