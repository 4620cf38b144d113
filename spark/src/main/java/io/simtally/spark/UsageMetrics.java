package io.simtally.spark;

import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** The counters of the tasks, which Spark sums and shows. */
final class UsageMetrics {
  private UsageMetrics() {}

  static CustomMetric[] all() {
    return new CustomMetric[] {new Requests(), new Retries(), new Failures(), new Rows()};
  }

  /** The current count of a task. */
  record Count(String name, long value) implements CustomTaskMetric {}

  /** The number of requests sent, retries included. Spark creates it by its class name. */
  public static final class Requests extends CustomSumMetric {
    /** Creates the metric; Spark calls this. */
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

  /** The number of retries. Spark creates it by its class name. */
  public static final class Retries extends CustomSumMetric {
    /** Creates the metric; Spark calls this. */
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

  /** The number of devices that could not be read. Spark creates it by its class name. */
  public static final class Failures extends CustomSumMetric {
    /** Creates the metric; Spark calls this. */
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

  /** The number of usage records read. Spark creates it by its class name. */
  public static final class Rows extends CustomSumMetric {
    /** Creates the metric; Spark calls this. */
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
