package io.simtally.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A driver whose executors share an account, with its credentials in the environment. */
final class SharedAccountJob {
  private SharedAccountJob() {}

  /**
   * Reads devices of ThingSpace several times, and writes the rows or the messages of the failures
   * to a file.
   *
   * @param arguments the devices file, the output file, the number of executors, the requests per
   *     second, how often to read
   */
  public static void main(String[] arguments) throws Exception {
    var lines = new ArrayList<String>();
    try (var spark =
        ClusterProcess.session(Integer.parseInt(arguments[2]))
            .config("spark.speculation", "true")
            .config("spark.speculation.interval", "50ms")
            .config("spark.speculation.quantile", "0.1")
            .config("spark.speculation.multiplier", "1.01")
            .getOrCreate()) {
      var usage =
          spark
              .read()
              .format("simtally")
              .option("account", "thingspace")
              .option("devices", arguments[0])
              .option("devicesPerPartition", 5)
              .option("requestsPerSecond", arguments[3])
              .option("from", SimulatedFleet.DAYS.from().toString())
              .option("to", SimulatedFleet.DAYS.to().toString())
              .load();
      for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
        lines.addAll(rows(usage));
      }
    }
    Files.write(Path.of(arguments[1]), lines);
  }

  private static List<String> rows(Dataset<Row> usage) {
    try {
      return SimulatedFleet.rows(usage);
    } catch (Exception e) { // Scala throws checked exceptions that it does not declare.
      var messages = new StringBuilder();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        messages.append(cause).append(' ');
      }
      return List.of(messages.toString().replace('\n', ' '));
    }
  }
}
