package io.simtally.simulator.internal;

/**
 * Pseudorandom numbers that depend on a seed only, in each version of the JDK. The generator is
 * SplitMix64. Not thread-safe.
 */
public final class SeededRandom {
  private long state;

  /**
   * Starts a sequence.
   *
   * @param path separates the sequences of one seed
   */
  public SeededRandom(long seed, long... path) {
    state = mix(seed);
    for (long step : path) {
      state = mix(state + step);
    }
  }

  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    return mix(state);
  }

  /** Returns a number from 0 to below 1. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  public boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /** Returns a number from 0 to below the bound. */
  public int below(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** Returns a lognormal number; sigma is the standard deviation of its logarithm. */
  public double lognormal(double median, double sigma) {
    return median * StrictMath.exp(sigma * gaussian());
  }

  private double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
