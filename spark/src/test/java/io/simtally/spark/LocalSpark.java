package io.simtally.spark;

import org.apache.spark.sql.SparkSession;

/** A session in the process of the test. */
final class LocalSpark {
  private LocalSpark() {}

  /** Four tasks at once, each tried four times. */
  static SparkSession.Builder builder() {
    return SparkSession.builder()
        .master("local[4,4]")
        .appName("test")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", "target/warehouse")
        .config("spark.sql.session.timeZone", "UTC");
  }
}
