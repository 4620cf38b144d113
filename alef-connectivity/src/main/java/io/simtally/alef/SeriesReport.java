package io.simtally.alef;

import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Preconditions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The values of a range. Equality compares Alef's answers, not the granularity of the requests.
 *
 * @param result the values in Alef's lists and order: one list may hold several metrics, lists need
 *     not follow the order of the request, and percentiles are not sorted by time
 * @param dimensions the other members, as {@link Report#dimensions}
 * @param granularity the granularity of the request, or null if it had none; no part of the answer
 */
public record SeriesReport(
    List<List<DataPoint>> result, Map<String, String> dimensions, @Nullable Granularity granularity)
    implements Report {
  /** Copies the values and refuses null. */
  public SeriesReport {
    Preconditions.present("result", result);
    Preconditions.present("dimensions", dimensions);
    result = result.stream().map(List::copyOf).toList();
    dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
  }

  /**
   * Makes a report without the granularity of a request.
   *
   * @param result the values, in lists of one or several metrics; copied
   * @param dimensions the other members by Alef's names; copied
   */
  public SeriesReport(List<List<DataPoint>> result, Map<String, String> dimensions) {
    this(result, dimensions, null);
  }

  /**
   * {@return the values of one metric and aggregation from all lists, in Alef's order;
   * unmodifiable}
   *
   * @param metric the metric, for example {@link Metric#UPLINK_BYTES}
   * @param aggregation the aggregation, for example {@link Aggregation#COUNT}
   * @throws IllegalArgumentException if one is null
   */
  public List<DataPoint> series(Metric metric, Aggregation aggregation) {
    Preconditions.present("metric", metric);
    Preconditions.present("aggregation", aggregation);
    return result.stream()
        .flatMap(List::stream)
        .filter(point -> point.isOf(metric, aggregation))
        .toList();
  }

  /**
   * {@return the percentiles of one metric, in Alef's order, which is not that of time;
   * unmodifiable} Alef gives these values no aggregation type.
   *
   * @param metric the metric, for example {@link Metric#UPLINK_BANDWIDTH}
   * @throws IllegalArgumentException if it is null
   */
  public List<DataPoint> percentiles(Metric metric) {
    Preconditions.present("metric", metric);
    return result.stream()
        .flatMap(List::stream)
        .filter(point -> point.aggregationType() == null && point.name().equals(metric.word()))
        .toList();
  }

  /**
   * {@inheritDoc}
   *
   * <p>A record starts one hour or day before the time stamp of its values and ends at it: Alef's
   * samples stamp the ends. Without a granularity of {@code HOUR} or {@code DAY} in the request the
   * length is unknown: the period is null and the start is the time stamp. Alef counts whole hours
   * and days of UTC, so the first and last may reach beyond the range. To add up several ranges,
   * start and end them on full hours or days of UTC, so that none is counted twice.
   */
  @Override
  public List<UsageRecord> usageRecords(String subject) {
    var uplink = counts(Metric.UPLINK_BYTES);
    var downlink = counts(Metric.DOWNLINK_BYTES);
    var stamps = new TreeSet<>(uplink.keySet());
    stamps.addAll(downlink.keySet());
    if (stamps.isEmpty() && !result.stream().allMatch(List::isEmpty)) {
      throw ByteUsage.notCounted();
    }
    var period = granularity == null ? null : granularity.length();
    return stamps.stream()
        .map(
            stamp ->
                new ByteUsage(uplink.get(stamp), downlink.get(stamp))
                    .usageRecord(subject, period == null ? stamp : stamp.minus(period), period))
        .toList();
  }

  private Map<Instant, BigDecimal> counts(Metric metric) {
    var counts = new HashMap<Instant, BigDecimal>();
    for (var point : series(metric, Aggregation.COUNT)) {
      if (counts.put(point.timeStamp().toInstant(), point.value()) != null) {
        throw ByteUsage.CONVERSION.refused(
            "the report has two counts of "
                + metric
                + " at "
                + point.timeStamp()
                + " and does not name their subjects: ask for one subject at a time");
      }
    }
    return counts;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SeriesReport that
        && result.equals(that.result)
        && dimensions.equals(that.dimensions);
  }

  @Override
  public int hashCode() {
    return 31 * result.hashCode() + dimensions.hashCode();
  }
}
