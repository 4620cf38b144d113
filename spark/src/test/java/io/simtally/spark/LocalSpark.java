package io.simtally.spark;

import org.apache.spark.sql.SparkSession;

/** A Spark session in the process of the test. */
final class LocalSpark {
  private LocalSpark() {}

  /** Runs four tasks at once, each with up to four attempts. */
  static SparkSession.Builder builder() {
    return SparkSession.builder()
        .master("local[4,4]")
        .appName("test")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", "target/warehouse")
        .config("spark.sql.session.timeZone", "UTC");
  }
}
