package io.simtally.fleet.audit;

import java.util.function.DoubleUnaryOperator;

/**
 * The share of settled device-days whose figure the carrier has changed, estimated from a sample.
 *
 * <p>The interval is that of Clopper and Pearson, which contains the true share of a random sample
 * with a probability of at least {@value #CONFIDENCE}, also for small shares. It does not use the
 * size of the population, so that it is wider than necessary if the sample is a large part of it.
 *
 * @param share the share of the compared device-days that differ, 0 to 1
 * @param low the lower end of the interval
 * @param high the upper end of the interval
 */
public record Drift(double share, double low, double high) {
  /** The confidence of the interval. */
  public static final double CONFIDENCE = 0.95;

  private static final double TAIL = (1 - CONFIDENCE) / 2;

  /** Halvings of an interval of 1 until no double lies between its ends. */
  private static final int STEPS = 60;

  static Drift of(long differing, long compared) {
    var low = differing == 0 ? 0 : root(share -> TAIL - atLeast(differing, compared, share));
    var high = differing == compared ? 1 : root(share -> atMost(differing, compared, share) - TAIL);
    return new Drift((double) differing / compared, low, high);
  }

  /** Returns where a function that falls from a positive value reaches zero, between 0 and 1. */
  private static double root(DoubleUnaryOperator falling) {
    var low = 0.0;
    var high = 1.0;
    for (var i = 0; i < STEPS; i++) {
      var middle = (low + high) / 2;
      if (falling.applyAsDouble(middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double atLeast(long differing, long compared, double share) {
    return atMost(compared - differing, compared, 1 - share);
  }

  /** Returns the probability of at most so many successes, a sum of binomial probabilities. */
  private static double atMost(long successes, long trials, double share) {
    var logOdds = Math.log(share) - Math.log1p(-share);
    var log = trials * Math.log1p(-share);
    var sum = Math.exp(log);
    for (var i = 1L; i <= successes; i++) {
      log += Math.log(trials - i + 1.0) - Math.log((double) i) + logOdds;
      sum += Math.exp(log);
    }
    return sum;
  }
}
