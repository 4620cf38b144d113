package io.simtally.simulator.alef;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A subscriber whose usage a user gave.
 *
 * @param history oldest first
 */
record AlefScriptedMember(AlefSubscriber subscriber, List<AlefUsage> history)
    implements AlefMember {
  /**
   * Sorts the usage.
   *
   * @throws IllegalArgumentException if two are about the same five minutes
   */
  AlefScriptedMember {
    history = history.stream().sorted(Comparator.comparing(AlefUsage::end)).toList();
    if (history.stream().map(AlefUsage::end).distinct().count() != history.size()) {
      throw new IllegalArgumentException("two usages of the same five minutes of " + subscriber);
    }
  }

  @Override
  public List<AlefUsage> usage(Instant after, Instant until) {
    return history.stream()
        .filter(usage -> usage.end().isAfter(after) && !usage.end().isAfter(until))
        .toList();
  }

  @Override
  public AlefUsage now(Instant end) {
    return history.stream()
        .filter(usage -> usage.end().equals(end))
        .findFirst()
        .orElseGet(() -> new AlefUsage(end, BigDecimal.ZERO, BigDecimal.ZERO, Duration.ZERO));
  }
}
