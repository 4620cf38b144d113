package io.simtally.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.mason.MasonSimulator;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Submits the job as a user does, in a separate process that gets its credentials from the
 * environment.
 */
final class MonthlyUsageTest {
  private static final YearMonth MONTH = YearMonth.now(ZoneOffset.UTC).minusMonths(1);

  @TempDir private Path folder;

  @Test
  void writesParquetByProviderAndMonth() throws Exception {
    var mason = MasonSimulator.builder().days(MONTH.atDay(1), MONTH.atEndOfMonth()).sims(3).build();
    var devices = folder.resolve("devices.csv");
    var lines = new ArrayList<>(List.of("carrier,kind,id"));
    mason.iccids().forEach(iccid -> lines.add("mason-usage,iccid," + iccid));
    lines.add("mason-usage,iccid,89000000000000000001");
    Files.write(devices, lines);
    var out = folder.resolve("usage");
    try (var simulators = Simulators.builder().mason(mason).start()) {
      var said = submit(simulators, MONTH.toString(), devices.toString(), out.toString());

      assertThat(said).contains("89000000000000000001").contains("404");
      assertThat(said).doesNotContain(mason.apiKey());
      assertThat(out.resolve("provider=mason-usage/month=" + MONTH)).isDirectory();
      assertThat(out.resolve("provider=iotx-analytics")).isDirectory();
      assertThat(read(out, "mason-usage")).isEqualTo(mason.iccids().size());
    }
  }

  private static long read(Path out, String provider) throws Exception {
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        var query =
            database.prepareStatement(
                "select count(distinct subject) from read_parquet(?, hive_partitioning = true)"
                    + " where provider = ? and total_bytes > 0")) {
      query.setString(1, out + "/*/*/*.parquet");
      query.setString(2, provider);
      var rows = query.executeQuery();
      rows.next();
      return rows.getLong(1);
    }
  }

  private String submit(Simulators simulators, String month, String devices, String out)
      throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("spark.opens").split(" ")));
    command.addAll(List.of("-Xmx512m", "-cp", classPath(), "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", "local[2]", "--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--class", MonthlyUsage.class.getName()));
    command.add(System.getProperty("job.jar"));
    command.addAll(List.of(month, devices, out, "mason-usage", "iotx-analytics"));
    var output = folder.resolve("output");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    process.environment().putAll(simulators.environment());
    process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    var job = process.start();
    try {
      assertThat(job.waitFor(4, TimeUnit.MINUTES)).as("ended in time").isTrue();
    } finally {
      job.destroyForcibly();
    }
    assertThat(job.exitValue()).as(Files.readString(output)).isZero();
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
