package io.simtally.alef;

import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Preconditions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value per metric for the last minutes. Equality compares Alef's answers, not the aggregations
 * of the requests.
 *
 * @param startTime the start of the period of the values
 * @param endTime the end of the period
 * @param metrics the metrics that were asked for and are numbers, by name, as Alef writes them. A
 *     metric that is missing or null is left out; if it counts bytes, the answer is unreadable
 * @param dimensions all other members, as {@link Report#dimensions}, with metrics that are words:
 *     an online status is {@code YES}
 * @param aggregations the aggregation of each metric in the request, by name; no part of the answer
 */
public record SnapshotReport(
    OffsetDateTime startTime,
    OffsetDateTime endTime,
    Map<String, BigDecimal> metrics,
    Map<String, String> dimensions,
    Map<String, Aggregation> aggregations)
    implements Report {
  /** Copies the values and refuses null. */
  public SnapshotReport {
    Preconditions.present("startTime", startTime);
    Preconditions.present("endTime", endTime);
    Preconditions.present("metrics", metrics);
    Preconditions.present("dimensions", dimensions);
    Preconditions.present("aggregations", aggregations);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    aggregations = Collections.unmodifiableMap(new LinkedHashMap<>(aggregations));
  }

  /**
   * Makes a report without the aggregations of a request.
   *
   * @param startTime the start of the period of the values
   * @param endTime the end of the period
   * @param metrics the metrics that are numbers, by name; copied
   * @param dimensions all other members, by name; copied
   */
  public SnapshotReport(
      OffsetDateTime startTime,
      OffsetDateTime endTime,
      Map<String, BigDecimal> metrics,
      Map<String, String> dimensions) {
    this(startTime, endTime, metrics, dimensions, Map.of());
  }

  /**
   * {@return the value of one metric as Alef writes it; empty if there is none}
   *
   * @param metric the metric, for example {@link Metric#UPLINK_BANDWIDTH}
   * @throws IllegalArgumentException if it is null
   */
  public Optional<BigDecimal> metric(Metric metric) {
    return Optional.ofNullable(metrics.get(Preconditions.present("metric", metric).word()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>There is one record, from {@link #startTime} to {@link #endTime}.
   */
  @Override
  public List<UsageRecord> usageRecords(String subject) {
    var usage = new ByteUsage(count(Metric.UPLINK_BYTES), count(Metric.DOWNLINK_BYTES));
    if (usage.uplink() == null && usage.downlink() == null) {
      throw ByteUsage.notCounted();
    }
    return List.of(
        usage.usageRecord(subject, startTime.toInstant(), Duration.between(startTime, endTime)));
  }

  private @Nullable BigDecimal count(Metric metric) {
    return Aggregation.COUNT.equals(aggregations.get(metric.word()))
        ? metrics.get(metric.word())
        : null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SnapshotReport that
        && startTime.equals(that.startTime)
        && endTime.equals(that.endTime)
        && metrics.equals(that.metrics)
        && dimensions.equals(that.dimensions);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * startTime.hashCode() + endTime.hashCode())
        + metrics.hashCode()
        + dimensions.hashCode();
  }
}
