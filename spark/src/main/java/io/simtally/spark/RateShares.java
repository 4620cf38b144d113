package io.simtally.spark;

import org.apache.spark.SparkContext;

/**
 * The rate of a job, shared out over its executors. The cores of an executor share its client, and
 * with it its part.
 *
 * @param forEachExecutor how many requests a second an executor sends at most
 * @param tasksAtOnce how many tasks there may be, lest idle executors add what is not theirs
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

  /** How many there are or will be. */
  private static int executors(SparkContext spark) {
    if (spark.isLocal()) {
      return 1;
    }
    var conf = spark.conf();
    // One of those that are known is the driver.
    int most = Math.max(1, spark.statusTracker().getExecutorInfos().length - 1);
    if (!conf.getBoolean(DYNAMIC, false)) {
      return Math.max(most, conf.getInt("spark.executor.instances", 1));
    }
    if (!conf.contains(MOST_EXECUTORS)) {
      throw new IllegalArgumentException(
          "requestsPerSecond is shared out over the executors, and nobody knows how many there will"
              + " be: set "
              + MOST_EXECUTORS);
    }
    return Math.max(most, conf.getInt(MOST_EXECUTORS, 1));
  }
}
