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
 * One value per metric for the last minutes. Two are equal if Alef's answers are, whatever the
 * aggregations they were asked for with.
 *
 * @param startTime the beginning of the time that the values are about
 * @param endTime its end
 * @param metrics the metrics that were asked for and are numbers, by name, exactly as they came. A
 *     metric that Alef left out or sent as null is not there, unless it counts bytes: then the
 *     whole answer is refused as unreadable
 * @param dimensions all else, as {@link Report#dimensions}, with metrics that are words: an online
 *     status is {@code YES}
 * @param aggregations how each metric was asked for, by name; no part of the answer
 */
public record SnapshotReport(
    OffsetDateTime startTime,
    OffsetDateTime endTime,
    Map<String, BigDecimal> metrics,
    Map<String, String> dimensions,
    Map<String, Aggregation> aggregations)
    implements Report {
  /**
   * Keeps copies.
   *
   * @throws IllegalArgumentException if {@code startTime}, {@code endTime}, {@code metrics}, {@code
   *     dimensions} or {@code aggregations} is null
   */
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
   * An answer of which is not known what aggregations were asked for.
   *
   * @param startTime the beginning of the time that the values are about
   * @param endTime its end
   * @param metrics the metrics that are numbers, by name; the report keeps a copy
   * @param dimensions all else that the answer says, by name; the report keeps a copy
   */
  public SnapshotReport(
      OffsetDateTime startTime,
      OffsetDateTime endTime,
      Map<String, BigDecimal> metrics,
      Map<String, String> dimensions) {
    this(startTime, endTime, metrics, dimensions, Map.of());
  }

  /**
   * {@return the value of one metric, exactly as it came; empty if Alef has none}
   *
   * @param metric what was measured, for example {@link Metric#UPLINK_BANDWIDTH}
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
