package io.simtally.simulator.alef;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A simulated metric with its documented aggregations. Alef's other metrics are not simulated: no
 * page shows an example.
 */
enum AlefMetric {
  TIME_USAGE_SECONDS,
  UPLINK_BYTES,
  DOWNLINK_BYTES,
  UPLINK_BANDWIDTH,
  DOWNLINK_BANDWIDTH,
  PACKET_LATENCY,
  UE_CONNECTIONS,
  UE_ONLINE_STATUS;

  /** Combines the figures of a metric. */
  enum Aggregation {
    COUNT,
    AVG,
    MIN,
    MAX,
    EXISTS
  }

  private static final BigDecimal BITS_IN_A_BYTE = BigDecimal.valueOf(8);
  private static final BigDecimal SHORTEST_LATENCY = BigDecimal.valueOf(8);
  private static final BigDecimal LATENCIES = BigDecimal.valueOf(40);
  private static final int RATE_SCALE = 16;

  static Optional<AlefMetric> find(String word) {
    for (AlefMetric metric : values()) {
      if (metric.word().equals(word)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Set<Aggregation> aggregations() {
    return switch (this) {
      case UE_ONLINE_STATUS -> Set.of(Aggregation.EXISTS);
      case UE_CONNECTIONS -> Set.of(Aggregation.COUNT, Aggregation.MAX, Aggregation.AVG);
      default -> Set.of(Aggregation.COUNT, Aggregation.AVG, Aggregation.MIN, Aggregation.MAX);
    };
  }

  /** Returns the figure of one subscriber's usage; empty without usage. */
  Optional<BigDecimal> figure(Aggregation aggregation, List<AlefUsage> usage) {
    List<BigDecimal> values = usage.stream().flatMap(one -> value(one).stream()).toList();
    if (values.isEmpty()) {
      return Optional.empty();
    }
    return switch (aggregation) {
      case COUNT -> values.stream().reduce(BigDecimal::add);
      case MIN -> values.stream().reduce(BigDecimal::min);
      case MAX -> values.stream().reduce(BigDecimal::max);
      case EXISTS -> Optional.of(BigDecimal.ONE);
      case AVG -> Optional.of(average(values, usage));
    };
  }

  /** Returns the figure of five minutes, if any. Bandwidth is in megabits per second. */
  Optional<BigDecimal> value(AlefUsage usage) {
    return isRate() ? rate(amount(usage), seconds(usage)) : Optional.of(amount(usage));
  }

  /** Returns the mean; for bandwidth the bytes divided by the seconds with traffic. */
  private BigDecimal average(List<BigDecimal> values, List<AlefUsage> usage) {
    Optional<BigDecimal> bandwidth =
        isRate()
            ? rate(sum(usage, this::amount), sum(usage, AlefMetric::seconds))
            : Optional.empty();
    return bandwidth.orElseGet(
        () ->
            values.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(values.size()), RATE_SCALE, RoundingMode.HALF_UP));
  }

  private boolean isRate() {
    return this == UPLINK_BANDWIDTH || this == DOWNLINK_BANDWIDTH;
  }

  private BigDecimal amount(AlefUsage usage) {
    return switch (this) {
      case TIME_USAGE_SECONDS -> seconds(usage);
      case UPLINK_BYTES, UPLINK_BANDWIDTH -> usage.uplinkBytes();
      case DOWNLINK_BYTES, DOWNLINK_BANDWIDTH -> usage.downlinkBytes();
      case UE_ONLINE_STATUS, UE_CONNECTIONS -> BigDecimal.ONE;
      // In milliseconds, in the range of a small radio cell; no page has the unit.
      case PACKET_LATENCY -> usage.downlinkBytes().remainder(LATENCIES).add(SHORTEST_LATENCY);
    };
  }

  private static Optional<BigDecimal> rate(BigDecimal bytes, BigDecimal seconds) {
    return seconds.signum() == 0
        ? Optional.empty()
        : Optional.of(
            bytes
                .multiply(BITS_IN_A_BYTE)
                .movePointLeft(6)
                .divide(seconds, RATE_SCALE, RoundingMode.HALF_UP));
  }

  private static BigDecimal sum(List<AlefUsage> usage, Function<AlefUsage, BigDecimal> amount) {
    return usage.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal seconds(AlefUsage usage) {
    return BigDecimal.valueOf(usage.used().toMillis(), 3);
  }

  /**
   * Combines the figures of two subscribers: the sum of counts, the larger one of other
   * aggregations, for which the page says "one UE within".
   */
  static BigDecimal joined(@Nullable Aggregation aggregation, BigDecimal one, BigDecimal other) {
    return aggregation == Aggregation.COUNT ? one.add(other) : one.max(other);
  }
}
