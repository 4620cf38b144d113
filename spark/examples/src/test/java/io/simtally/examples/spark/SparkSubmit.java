package io.simtally.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Spark's submit command, in a separate process. */
final class SparkSubmit {
  private SparkSubmit() {}

  /**
   * Runs a job and returns its output.
   *
   * @param folder the folder of the output file
   * @param environment the environment variables of the job
   * @param job the jar or the Python file, its options before it and its arguments behind it
   */
  static String run(Path folder, Map<String, String> environment, List<String> job)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("spark.opens").split(" ")));
    command.addAll(List.of("-Xmx512m", "-cp", classPath(), "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", "local[2]", "--conf", "spark.ui.enabled=false"));
    command.addAll(job);
    var output = folder.resolve("output");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    process.environment().putAll(environment);
    process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    var submitted = process.start();
    try {
      assertThat(submitted.waitFor(10, TimeUnit.MINUTES)).as("ended in time").isTrue();
    } finally {
      submitted.destroyForcibly();
    }
    assertThat(submitted.exitValue()).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }

  /**
   * Returns the class path of a distribution and the jars that a user names, without the submitted
   * job.
   */
  private static String classPath() {
    var entries =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(entries.split(File.pathSeparator))
        .filter(
            entry ->
                !entry.endsWith(
                    "examples" + File.separator + "target" + File.separator + "classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
