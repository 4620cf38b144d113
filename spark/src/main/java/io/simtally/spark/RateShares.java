package io.simtally.spark;

import java.time.Duration;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A rate limit, divided among the executors of a job. The cores of an executor share one client and
 * its part of the rate.
 *
 * @param interval the shortest time between two requests of an executor
 * @param tasksAtOnce the maximum number of tasks, so that the executors together do not exceed the
 *     rate
 */
record RateShares(Duration interval, int tasksAtOnce) {
  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
  private static final String MOST_EXECUTORS = "spark.dynamicAllocation.maxExecutors";
  private static final String EXECUTORS = "spark.executor.instances";
  private static final Duration SECOND = Duration.ofSeconds(1);

  /**
   * Divides a rate.
   *
   * @param interval the time between two requests of all executors
   * @param executors the number of executors
   * @param isSpeculative whether a task may run twice at once
   */
  static RateShares of(Duration interval, int executors, boolean isSpeculative) {
    // With fewer requests per second than executors, only that many tasks run, unless a second
    // attempt of a task would add a client.
    var all = interval.multipliedBy(executors);
    if (isSpeculative || all.compareTo(SECOND) <= 0) {
      return new RateShares(all, Integer.MAX_VALUE);
    }
    int tasks = (int) Math.min(Math.max(1, SECOND.dividedBy(interval)), executors);
    return new RateShares(interval.multipliedBy(tasks), tasks);
  }

  /** Returns whether all tasks run in the process of the driver. */
  static boolean isLocal(SparkSession spark) {
    var master = spark.conf().get("spark.master", "");
    return master.startsWith("local") && !master.startsWith("local-cluster");
  }

  static boolean isSpeculative(SparkSession spark) {
    return Boolean.parseBoolean(spark.conf().get("spark.speculation", "false"));
  }

  /**
   * Returns the number of executors that there are or will be.
   *
   * @param option the number by the user, or null
   */
  static int executors(SparkSession spark, @Nullable Integer option) {
    if (option != null) {
      return option;
    }
    if (isLocal(spark)) {
      return 1;
    }
    var conf = spark.conf();
    if (Boolean.parseBoolean(conf.get(DYNAMIC, "false"))) {
      return Math.max(running(spark), number(conf, MOST_EXECUTORS));
    }
    return conf.contains(EXECUTORS)
        ? Math.max(running(spark), number(conf, EXECUTORS))
        : Math.max(1, running(spark));
  }

  private static int number(RuntimeConfig conf, String name) {
    if (!conf.contains(name)) {
      throw unknown("set " + name);
    }
    return Integer.parseInt(conf.get(name));
  }

  /** Returns the number of executors that are running now. */
  private static int running(SparkSession spark) {
    try {
      // One of the known ones is the driver.
      return spark.sparkContext().statusTracker().getExecutorInfos().length - 1;
    } catch (RuntimeException | LinkageError e) {
      return withoutContext(spark.conf(), e);
    }
  }

  /**
   * Handles a platform that does not let a library use the {@code SparkContext}, as Databricks in
   * its standard access mode: the configuration must then contain the number.
   */
  static int withoutContext(RuntimeConfig conf, Throwable cause) {
    if (conf.contains(EXECUTORS) || conf.contains(MOST_EXECUTORS)) {
      return 0;
    }
    var unknown =
        unknown("this platform does not give access to the SparkContext; set the option executors");
    unknown.initCause(cause);
    throw unknown;
  }

  private static IllegalArgumentException unknown(String advice) {
    return new IllegalArgumentException(
        "the rate limit is divided among the executors, whose number is unknown: " + advice);
  }
}
