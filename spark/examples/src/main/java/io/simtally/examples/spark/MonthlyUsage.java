package io.simtally.examples.spark;

import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Writes the usage of a month as Parquet, in a folder for each provider and month. A second run
 * replaces only that month. Devices that could not be read are printed and do not fail the job.
 *
 * <pre>
 * spark-submit --class io.simtally.examples.spark.MonthlyUsage ... MONTH DEVICES OUT PROVIDER...
 * </pre>
 */
public final class MonthlyUsage {
  private MonthlyUsage() {}

  /**
   * Runs the job.
   *
   * @param args the month, for example 2026-01; the devices file; the output folder; the providers
   * @throws IOException if the session cannot be closed
   */
  public static void main(String... args) throws IOException {
    var month = YearMonth.parse(args[0]);
    var yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    var last = month.atEndOfMonth().isAfter(yesterday) ? yesterday : month.atEndOfMonth();
    try (var spark =
        SparkSession.builder()
            .appName("usage of " + month)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.sources.partitionOverwriteMode", "dynamic")
            .getOrCreate()) {
      for (var provider : Arrays.asList(args).subList(3, args.length)) {
        // #region read
        Dataset<Row> usage =
            spark
                .read()
                .format("simtally")
                .option("provider", provider)
                .option("devices", args[1])
                .option("from", month.atDay(1).toString())
                .option("to", last.toString())
                .option("onFailure", "keep")
                .load()
                .withColumn("month", functions.date_format(functions.col("start_time"), "yyyy-MM"))
                .cache(); // or each of the two queries below would send requests to the carrier
        usage
            .where("failure IS NULL")
            .write()
            .mode(SaveMode.Overwrite)
            .partitionBy("provider", "month")
            .parquet(args[2]);
        usage.where("failure IS NOT NULL").select("provider", "subject", "failure").show(20, false);
        usage.unpersist();
        // #endregion read
      }
    }
  }
}
