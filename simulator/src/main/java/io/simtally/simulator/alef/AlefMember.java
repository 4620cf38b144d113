package io.simtally.simulator.alef;

import io.simtally.simulator.internal.MemberUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A subscriber with its usage.
 *
 * @param history its usage by the start of the five minutes
 * @param snapshot its usage in the five minutes that end at an instant, zero if it has none
 */
record AlefMember(
    AlefSubscriber subscriber,
    MemberUsage<AlefUsage> history,
    Function<Instant, AlefUsage> snapshot) {
  /**
   * Returns a subscriber with exactly this usage.
   *
   * @throws IllegalArgumentException if two usages are of the same five minutes
   */
  static AlefMember of(AlefSubscriber subscriber, List<AlefUsage> usage) {
    if (usage.stream().map(AlefUsage::end).distinct().count() != usage.size()) {
      throw new IllegalArgumentException("two usages of the same five minutes of " + subscriber);
    }
    MemberUsage<AlefUsage> history = MemberUsage.of(usage, AlefUsage::start);
    return new AlefMember(subscriber, history, end -> usageAt(end, history));
  }

  private static AlefUsage usageAt(Instant end, MemberUsage<AlefUsage> history) {
    Instant start = end.minus(AlefUsage.LENGTH);
    return history.between(start, start).stream()
        .findFirst()
        .orElseGet(() -> new AlefUsage(end, BigDecimal.ZERO, BigDecimal.ZERO, Duration.ZERO));
  }

  /** Returns the usage that ends after one instant and not after another, the oldest first. */
  List<AlefUsage> usage(Instant after, Instant until) {
    return history.between(
        after.minus(AlefUsage.LENGTH).plusNanos(1), until.minus(AlefUsage.LENGTH));
  }
}
