package io.simtally.spark;

import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.mason.MasonSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A program, not a test. It compares rows per second through Spark with {@code sync} into DuckDB,
 * in alternating rounds, with the same fleet, one server in a separate process and 64 concurrent
 * calls. It also measures the live heap for a list and for one four times as long. {@code
 * spark/speed} runs it.
 */
final class SpeedRun {
  private static final int ROUNDS = 5;

  private final SparkSession spark;
  private final Path folder;
  private final List<String> iccids;

  private SpeedRun(SparkSession spark, Path folder, List<String> iccids) {
    this.spark = spark;
    this.folder = folder;
    this.iccids = iccids;
  }

  /** Runs the server until its input ends. */
  static final class Server {
    private Server() {}

    public static void main(String[] arguments) throws IOException {
      try (var simulators =
          Simulators.builder().mason(mason(Integer.parseInt(arguments[0]))).start()) {
        simulators.environment().forEach((name, value) -> System.out.println(name + "=" + value));
        System.out.println("ready");
        System.out.flush();
        while (System.in.read() >= 0) {
          // The input is ignored; only its end counts.
        }
      }
    }
  }

  private static MasonSimulator mason(int devices) {
    return MasonSimulator.builder()
        .sims(devices)
        .days(SimulatedFleet.DAYS.from(), SimulatedFleet.DAYS.to())
        .build();
  }

  /**
   * Runs the measurements.
   *
   * @param arguments the number of devices; 4,000 by default
   */
  public static void main(String[] arguments) throws Exception {
    int devices = arguments.length == 0 ? 4_000 : Integer.parseInt(arguments[0]);
    var folder = Files.createTempDirectory("speed");
    var server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName(),
                "" + devices)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var spark = LocalSpark.builder().master("local[2]").getOrCreate()) {
      TestCredentials.set(environment(server));
      spark.sparkContext().setLogLevel("ERROR");
      new SpeedRun(spark, folder, mason(devices).iccids()).run();
    } finally {
      server.destroy();
    }
  }

  private static Map<String, String> environment(Process server) throws IOException {
    var environment = new HashMap<String, String>();
    var said =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    for (var line = said.readLine();
        line != null && !line.equals("ready");
        line = said.readLine()) {
      int equals = line.indexOf('=');
      environment.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return environment;
  }

  private void run() throws IOException, InterruptedException {
    var ratios = new ArrayList<Double>();
    for (int round = 0; round <= ROUNDS; round++) {
      double synced = sync(round);
      double read = spark(iccids.size());
      // The first round is a warm-up for both.
      if (round > 0) {
        ratios.add(read / synced);
        System.out.printf(
            "round %d: sync %,.0f rows/s, Spark %,.0f rows/s, ratio %.2f%n",
            round, synced, read, read / synced);
      }
    }
    ratios.sort(null);
    System.out.printf("median ratio %.2f%n", ratios.get(ROUNDS / 2));
    System.out.printf(
        "most of the heap that lives: %,d devices %,d MB, %,d devices %,d MB%n",
        iccids.size() / 4, heap(iccids.size() / 4), iccids.size(), heap(iccids.size()));
  }

  private double sync(int round) {
    var devices = SimulatedFleet.iccids(iccids);
    long start = System.nanoTime();
    long rows =
        SimulatedFleet.sync(
            new TestCredentials().environment(),
            folder.resolve("fleet" + round + ".duckdb"),
            "mason-usage",
            devices);
    return rows * 1e9 / (System.nanoTime() - start);
  }

  private double spark(int devices) throws IOException {
    var rows = spark.sparkContext().longAccumulator();
    var file =
        SimulatedFleet.write(
            folder.resolve("devices.csv"),
            "mason-usage",
            SimulatedFleet.iccids(iccids.subList(0, devices)));
    long start = System.nanoTime();
    spark
        .read()
        .format("simtally")
        .option("credentialsProvider", TestCredentials.class.getName())
        .option("provider", "mason-usage")
        .option("devices", file.toString())
        .option("from", SimulatedFleet.DAYS.from().toString())
        .option("to", SimulatedFleet.DAYS.to().toString())
        .load()
        .foreachPartition(
            (ForeachPartitionFunction<Row>)
                partition -> partition.forEachRemaining(row -> rows.add(row.length() / 10)));
    return rows.value() * 1e9 / (System.nanoTime() - start);
  }

  /** Returns the highest live heap after full collections during a run, in MB. */
  private long heap(int devices) throws IOException, InterruptedException {
    var isOver = new AtomicBoolean();
    var highest = new AtomicLong();
    var looking =
        new Thread(
            () -> {
              while (!isOver.get()) {
                System.gc();
                var used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                highest.accumulateAndGet(used, Math::max);
              }
            });
    looking.start();
    spark(devices);
    isOver.set(true);
    looking.join();
    return highest.get() >> 20;
  }
}
