package io.simtally.spark;

import java.nio.file.Files;
import java.nio.file.Path;

/** A driver in a separate process, with its credentials in the environment. */
final class ClusterJob {
  private ClusterJob() {}

  /**
   * Reads devices of Mason and writes the rows to a file, sorted.
   *
   * @param arguments the devices file, the file for the rows, the folder of the event log
   */
  public static void main(String[] arguments) throws Exception {
    try (var spark =
        ClusterProcess.session(2)
            .config("spark.eventLog.enabled", "true")
            .config("spark.eventLog.dir", Path.of(arguments[2]).toUri().toString())
            .config("spark.eventLog.compress", "false")
            .config("spark.eventLog.rolling.enabled", "false")
            .getOrCreate()) {
      var reader =
          spark
              .read()
              .format("simtally")
              .option("provider", "mason-usage")
              .option("devices", arguments[0])
              .option("devicesPerPartition", 25)
              .option("concurrency", 4)
              .option("from", SimulatedFleet.DAYS.from().toString())
              .option("to", SimulatedFleet.DAYS.to().toString());
      Files.write(Path.of(arguments[1]), SimulatedFleet.rows(reader.load()));
      System.out.println(
          "partitions at 1 request a second: "
              + reader.option("requestsPerSecond", 1).load().rdd().getNumPartitions());
    }
  }
}
