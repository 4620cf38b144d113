package io.simtally.alef;

import io.simtally.core.ApiRequest;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.JsonBody;
import io.simtally.core.internal.Preconditions;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A report of time, bandwidth or bytes: {@code POST /connectivity/v1/report}. Immutable.
 *
 * <p>A time range and at least one metric are required; the documented reports of {@link
 * AlefConnectivity} have theirs set, some the time range as well.
 *
 * @see <a href="https://docs.alefedge.com/reporting/">Reporting</a>
 */
public final class ReportRequest extends ApiRequest<Report, ReportRequest> {
  private static final String OPERATION = "POST /connectivity/v1/report";

  private final String call;
  private final TimeRange time;
  private final @Nullable Granularity granularity;
  private final List<String> dimensions;
  private final List<DimensionFilter> filters;
  private final List<MetricQuery> metrics;

  private ReportRequest(
      CallHandle handle,
      String call,
      TimeRange time,
      @Nullable Granularity granularity,
      List<String> dimensions,
      List<DimensionFilter> filters,
      List<MetricQuery> metrics) {
    super(handle);
    this.call = call;
    this.time = time;
    this.granularity = granularity;
    this.dimensions = dimensions;
    this.filters = filters;
    this.metrics = metrics;
  }

  /**
   * A request without settings.
   *
   * @param call what messages call it, for example {@code report()}
   * @param usual the window unless a time range is set, or null if one must be
   */
  static ReportRequest of(CallHandle handle, String call, @Nullable TimeWindow usual) {
    var time = new TimeRange(null, null, usual);
    return new ReportRequest(handle, call, time, null, List.of(), List.of(), List.of());
  }

  /**
   * From one moment to another. This or {@link #window} is required, and not both. Sent with the
   * offset given, which Alef prints the answer's times in, and in whole seconds, a fraction is cut
   * off.
   *
   * <p>Alef's series show whole hours or days of UTC, and the ones at the edges may reach beyond
   * the range or lie outside of it.
   *
   * @param start where the range starts, at an offset of whole minutes
   * @param end where the range ends, not before the start, at an offset of whole minutes
   * @return a new request, for this range
   * @throws IllegalArgumentException if one is null
   */
  public ReportRequest between(OffsetDateTime start, OffsetDateTime end) {
    return with(
        time.withBetween(
            Preconditions.present(named("between start"), start),
            Preconditions.present(named("between end"), end)));
  }

  /**
   * A stretch of time before now. This or {@link #between} is required, and not both.
   *
   * @param window the stretch of time, for example {@link TimeWindow#LAST_HOUR}
   * @return a new request, for this stretch
   * @throws IllegalArgumentException if it is null
   */
  public ReportRequest window(TimeWindow window) {
    return with(time.withWindow(Preconditions.present(named("window"), window)));
  }

  /**
   * Counts this account only. Set again, it replaces the one before.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @return a new request, for this account
   * @throws IllegalArgumentException if it is null, blank or holds a line break
   */
  public ReportRequest account(String accountId) {
    return filtered("account", DimensionFilter.ACCOUNT, accountId);
  }

  /**
   * Counts this subscriber only. Set again, it replaces the one before. Digits are sent as a
   * number, as Alef's page has it; with a leading zero, which a number would lose, and with
   * anything else in it, it is sent as text.
   *
   * @param msisdn the telephone number of the subscriber, for example {@code 8020010012345}
   * @return a new request, for this subscriber
   * @throws IllegalArgumentException if it is null, blank or holds a line break
   */
  public ReportRequest msisdn(String msisdn) {
    return filtered("msisdn", DimensionFilter.MSISDN, msisdn);
  }

  /**
   * Counts the subscriber with this SIM only. Set again, it replaces the one before. Sent as a
   * number or text, as {@link #msisdn} is.
   *
   * @param imsi the subscriber identity on the SIM, for example {@code 310550000010232}
   * @return a new request, for the subscriber with this SIM
   * @throws IllegalArgumentException if it is null, blank or holds a line break
   */
  public ReportRequest imsi(String imsi) {
    return filtered("imsi", DimensionFilter.IMSI, imsi);
  }

  /**
   * Counts this site only. Set again, it replaces the one before.
   *
   * @param siteId the id of the site, for example {@code 62c408aaadd8f757bf412345}
   * @return a new request, for this site
   * @throws IllegalArgumentException if it is null, blank or holds a line break
   */
  public ReportRequest customerSite(String siteId) {
    return filtered("customerSite", DimensionFilter.CUSTOMER_SITE, siteId);
  }

  /**
   * Counts only what has one of {@code expressions} in {@code dimension}, for example {@code
   * enodeb_ip}. Set again for the same dimension, it replaces the one before.
   *
   * @param dimension the dimension as Alef writes it
   * @param expressions the values to count, at least one; digits are sent as text, except in {@code
   *     msisdn} and {@code imsi}
   * @return a new request, kept to these values
   * @throws IllegalArgumentException if there is no expression, or one of the texts is null, blank
   *     or holds a line break
   */
  public ReportRequest filter(String dimension, String... expressions) {
    Preconditions.text(named("filter dimension"), dimension);
    if (Preconditions.present(named("filter expressions"), expressions).length == 0) {
      throw new IllegalArgumentException(named("filter expressions") + " are none");
    }
    return filtered("filter expression", dimension, expressions);
  }

  /**
   * Splits the values by a dimension, for example {@code msisdn}. May be called for several.
   *
   * @param dimension the dimension as Alef writes it
   * @return a new request, split by this dimension as well
   * @throws IllegalArgumentException if it is null, blank or holds a line break
   */
  public ReportRequest dimension(String dimension) {
    return new ReportRequest(
        handle(),
        call,
        time,
        granularity,
        with(dimensions, Preconditions.text(named("dimension"), dimension)),
        filters,
        metrics);
  }

  /**
   * How long the stretches are that a series has one point for. Where it is not set, Alef decides.
   * Set again, it replaces the one before.
   *
   * @param granularity the length of a stretch, for example {@link Granularity#HOUR}
   * @return a new request, for points of this length
   * @throws IllegalArgumentException if it is null
   */
  public ReportRequest granularity(Granularity granularity) {
    return new ReportRequest(
        handle(),
        call,
        time,
        Preconditions.present(named("granularity"), granularity),
        dimensions,
        filters,
        metrics);
  }

  /**
   * Asks for a metric, its values made one by {@code aggregation}. May be called for several, and
   * for several aggregations of one metric, except over {@link TimeWindow#NOW}.
   *
   * @param metric what to measure, for example {@link Metric#UPLINK_BYTES}
   * @param aggregation how its values become one, for example {@link Aggregation#COUNT}
   * @return a new request, for this metric as well
   * @throws IllegalArgumentException if one is null
   */
  public ReportRequest metric(Metric metric, Aggregation aggregation) {
    return with(
        MetricQuery.aggregated(
            Preconditions.present(named("metric"), metric),
            Preconditions.present(named("aggregation"), aggregation)));
  }

  /**
   * Asks for a percentile of a metric's values. May be called for several metrics, once for each:
   * an answer does not tell two percentiles of one metric apart.
   *
   * <p>Alef's page does not say in what the percentile is given. Its only sample is {@code
   * "comparison_value": 1}: the first percentile if the number counts percent, the hundredth if it
   * is a fraction. The number is sent as it is given; try out which of the two holds before relying
   * on it.
   *
   * @param metric what to measure, for example {@link Metric#UPLINK_BANDWIDTH}
   * @param percentile sent as {@code comparison_value}: above 0 and at most 100, beyond which it
   *     would make sense in neither reading
   * @return a new request, for this percentile as well
   * @throws IllegalArgumentException if the metric is null or the percentile out of bounds
   */
  public ReportRequest percentile(Metric metric, double percentile) {
    Preconditions.present(named("metric"), metric);
    // Not the other way round: NaN is no percentile either.
    if (!(percentile > 0 && percentile <= 100)) {
      throw new IllegalArgumentException(
          named("percentile") + " is not above 0 and at most 100: " + percentile);
    }
    return with(MetricQuery.percentile(metric, percentile));
  }

  @Override
  protected ReportRequest with(CallHandle other) {
    return new ReportRequest(other, call, time, granularity, dimensions, filters, metrics);
  }

  @Override
  protected CallSpec<Report> spec() {
    var range = time.sent(call);
    if (metrics.isEmpty()) {
      throw new IllegalStateException(call + " needs metric or percentile, at least one");
    }
    refuseIndistinguishable();
    return CallSpecBuilder.of(OPERATION)
        .body(body(range))
        .build(new ReportDecoder(metrics, granularity));
  }

  /** What comes back for two of these could not be told apart, or one of them would be lost. */
  private void refuseIndistinguishable() {
    var seen = new HashSet<Metric>();
    var percentiles = new HashSet<Metric>();
    for (var query : metrics) {
      if (!seen.add(query.metric()) && time.isNow()) {
        throw new IllegalStateException(
            call
                + " has metric "
                + query.metric()
                + " twice over NOW, whose answer holds one value of each: send two requests");
      }
      if (query.percentile() != null && !percentiles.add(query.metric())) {
        throw new IllegalStateException(
            call
                + " has percentile of "
                + query.metric()
                + " twice, which the answer would not tell apart: send two requests");
      }
    }
  }

  private ByteString body(TimeRange.Sent range) {
    return JsonBody.write(
        json -> {
          json.beginObject();
          json.name("start_date_time").value(range.start());
          json.name("end_date_time").value(range.end());
          if (granularity != null) {
            json.name("granularity").value(granularity.word());
          }
          if (!dimensions.isEmpty()) {
            json.name("dimensions").beginArray();
            for (var dimension : dimensions) {
              json.value(dimension);
            }
            json.endArray();
          }
          if (!filters.isEmpty()) {
            json.name("dimension_filter_clauses").beginArray().beginObject();
            json.name("filters").beginArray();
            for (var filter : filters) {
              filter.write(json);
            }
            json.endArray();
            json.endObject().endArray();
          }
          json.name("metrics").beginArray();
          for (var query : metrics) {
            query.write(json);
          }
          json.endArray();
          json.endObject();
        });
  }

  private ReportRequest filtered(String setting, String dimension, String... expressions) {
    for (var expression : expressions) {
      Preconditions.text(named(setting), expression);
    }
    var filter = new DimensionFilter(dimension, List.copyOf(Arrays.asList(expressions)));
    var changed = new ArrayList<>(filters);
    changed.replaceAll(each -> each.dimension().equals(dimension) ? filter : each);
    return new ReportRequest(
        handle(), call, time, granularity, dimensions, with(changed, filter), metrics);
  }

  private ReportRequest with(TimeRange other) {
    return new ReportRequest(handle(), call, other, granularity, dimensions, filters, metrics);
  }

  private ReportRequest with(MetricQuery query) {
    return new ReportRequest(
        handle(), call, time, granularity, dimensions, filters, with(metrics, query));
  }

  /** The list with an element at its end, unless it has it already. */
  private static <E> List<E> with(List<E> list, E element) {
    if (list.contains(element)) {
      return List.copyOf(list);
    }
    var longer = new ArrayList<>(list);
    longer.add(element);
    return List.copyOf(longer);
  }

  private String named(String setting) {
    return call + " " + setting;
  }
}
