package io.simtally.reliability.paging;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * A property that must hold for every drawn case. It is checked for the seeds 1 to n and for a
 * random one. {@code -Dsimtally.seed=<seed>} checks only that seed, {@code
 * -Dsimtally.cases=<factor>} multiplies the number of cases. A failing case is reduced while it
 * still fails.
 *
 * @param draw draws a case
 * @param smaller the cases that are one step simpler
 * @param check throws if the property does not hold
 */
record Property<C>(
    String name, Function<Random, C> draw, Function<C, List<C>> smaller, Check<C> check) {
  private static final int MOST_STEPS = 200;

  /** The check of one case. */
  @FunctionalInterface
  interface Check<C> {
    void holds(C drawn) throws Exception;
  }

  /** Checks {@code count} fixed seeds and a random one. */
  void holdsFor(int count) {
    seeds(count).forEach(this::check);
  }

  private static LongStream seeds(int count) {
    var given = Long.getLong("simtally.seed");
    if (given != null) {
      return LongStream.of(given);
    }
    var fresh = ThreadLocalRandom.current().nextLong(1L << 32, Long.MAX_VALUE);
    var fixed = LongStream.rangeClosed(1, (long) count * Integer.getInteger("simtally.cases", 1));
    return LongStream.concat(fixed, LongStream.of(fresh));
  }

  private void check(long seed) {
    // Adjacent seeds of Random produce similar first values.
    var drawn = draw.apply(new Random(seed * 0x9E3779B97F4A7C15L));
    var failure = failure(drawn);
    if (failure == null) {
      return;
    }
    var smallest = drawn;
    var steps = 0;
    for (var tries = smaller.apply(smallest).iterator(); tries.hasNext() && steps < MOST_STEPS; ) {
      var candidate = tries.next();
      var other = failure(candidate);
      steps++;
      if (other != null) {
        smallest = candidate;
        failure = other;
        tries = smaller.apply(smallest).iterator();
      }
    }
    throw new AssertionError(
        "%s does not hold; replay with -Dsimtally.seed=%d%nsmallest case: %s"
            .formatted(name, seed, smallest),
        failure);
  }

  private Throwable failure(C drawn) {
    try {
      check.holds(drawn);
      return null;
    } catch (Exception | AssertionError e) {
      return e;
    }
  }
}
