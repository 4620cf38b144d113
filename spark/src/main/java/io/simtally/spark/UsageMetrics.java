package io.simtally.spark;

import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** What the tasks of a reading count, and Spark adds up and shows. */
final class UsageMetrics {
  private UsageMetrics() {}

  static CustomMetric[] all() {
    return new CustomMetric[] {new Requests(), new Retries(), new Failures(), new Rows()};
  }

  /** What a task has counted so far. */
  record Count(String name, long value) implements CustomTaskMetric {}

  /** Requests that were sent, repetitions included. Made by Spark, by its name. */
  public static final class Requests extends CustomSumMetric {
    /** For Spark. */
    public Requests() {}

    @Override
    public String name() {
      return "requests";
    }

    @Override
    public String description() {
      return "requests sent to the carrier";
    }
  }

  /** Requests that were repeated. Made by Spark, by its name. */
  public static final class Retries extends CustomSumMetric {
    /** For Spark. */
    public Retries() {}

    @Override
    public String name() {
      return "retries";
    }

    @Override
    public String description() {
      return "requests repeated";
    }
  }

  /** Devices that could not be read. Made by Spark, by its name. */
  public static final class Failures extends CustomSumMetric {
    /** For Spark. */
    public Failures() {}

    @Override
    public String name() {
      return "failures";
    }

    @Override
    public String description() {
      return "devices that could not be read";
    }
  }

  /** Usage records that were read. Made by Spark, by its name. */
  public static final class Rows extends CustomSumMetric {
    /** For Spark. */
    public Rows() {}

    @Override
    public String name() {
      return "rows";
    }

    @Override
    public String description() {
      return "usage records read";
    }
  }
}
