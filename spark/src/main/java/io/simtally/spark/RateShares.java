package io.simtally.spark;

import org.apache.spark.SparkContext;

/**
 * The rate limit of a job, divided among its executors. The cores of an executor share one client
 * and its part of the rate.
 *
 * @param forEachExecutor the maximum number of requests per second of an executor
 * @param tasksAtOnce the maximum number of tasks, so that the executors together do not exceed the
 *     rate
 */
record RateShares(int forEachExecutor, int tasksAtOnce) {
  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
  private static final String MOST_EXECUTORS = "spark.dynamicAllocation.maxExecutors";

  static RateShares of(int requestsPerSecond, SparkContext spark) {
    int executors = executors(spark);
    return executors > requestsPerSecond
        ? new RateShares(1, requestsPerSecond)
        : new RateShares(requestsPerSecond / executors, Integer.MAX_VALUE);
  }

  /** Returns the number of executors that there are or will be. */
  private static int executors(SparkContext spark) {
    if (spark.isLocal()) {
      return 1;
    }
    var conf = spark.conf();
    // One of the known ones is the driver.
    int most = Math.max(1, spark.statusTracker().getExecutorInfos().length - 1);
    if (!conf.getBoolean(DYNAMIC, false)) {
      return Math.max(most, conf.getInt("spark.executor.instances", 1));
    }
    if (!conf.contains(MOST_EXECUTORS)) {
      throw new IllegalArgumentException(
          "requestsPerSecond is divided among the executors, whose number is unknown: set "
              + MOST_EXECUTORS);
    }
    return Math.max(most, conf.getInt(MOST_EXECUTORS, 1));
  }
}
