package io.simtally.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A driver in a process of its own, whose executors are processes too. */
final class ClusterProcess {
  private ClusterProcess() {}

  /** Returns a session of the driver with a number of executors, which all start before a job. */
  static SparkSession.Builder session(int executors) {
    return LocalSpark.builder()
        .master("local-cluster[" + executors + ",1,1024]")
        .config("spark.executor.memory", "512m")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.scheduler.minRegisteredResourcesRatio", "1")
        .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s")
        // Divides the rate limit, even if not all executors have started yet.
        .config("spark.executor.instances", "" + executors)
        .config("spark.driver.host", "127.0.0.1");
  }

  /** Starts a driver with the carrier's address in its environment, which its executors inherit. */
  static Process start(
      Map<String, String> environment, Path output, Class<?> main, Object... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("spark.opens").split(" ")));
    command.addAll(List.of("-Xmx512m", "-cp", String.join(File.pathSeparator, classPath())));
    command.add(main.getName());
    List.of(arguments).forEach(argument -> command.add(argument.toString()));
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    process.environment().putAll(environment);
    process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    process.environment().put("SPARK_SCALA_VERSION", System.getProperty("scala.binary", "2.12"));
    process.environment().put("SPARK_HOME", sparkHome().toString());
    return process.start();
  }

  static void end(Process job) {
    job.descendants().forEach(ProcessHandle::destroyForcibly);
    job.destroyForcibly();
  }

  /** Creates a folder with all jars, as in a distribution. */
  private static Path sparkHome() throws IOException {
    // Outside of the test's folder, because JUnit warns of each link that it deletes. One for each
    // version of Spark.
    var version = SparkSession.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    var home = Path.of("target", "spark-home-" + Path.of(version).getFileName()).toAbsolutePath();
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
}
