package io.simtally.alef;

import io.simtally.core.ApiRequest;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.JsonBody;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.usage.UsageConversion;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request for a report of time, bandwidth or bytes: {@code POST /connectivity/v1/report}.
 * Immutable. Each setter returns a changed copy and throws an {@link IllegalArgumentException} if
 * an argument is null. Texts must not be blank or hold a line break.
 *
 * <p>A period and at least one metric are required; the documented reports of {@link
 * AlefConnectivity} set their metrics, and some their period.
 *
 * @see <a href="https://docs.alefedge.com/reporting/">Reporting</a>
 */
public final class ReportRequest extends ApiRequest<Report, ReportRequest> {
  private final String call;
  private final Query query;

  private ReportRequest(CallHandle handle, String call, Query query) {
    super(handle);
    this.call = call;
    this.query = query;
  }

  /**
   * Makes a request without settings.
   *
   * @param call the method of the client, for messages
   * @param usual the window if no period is set, or null if one is required
   */
  static ReportRequest of(CallHandle handle, String call, @Nullable TimeWindow usual) {
    var period = ReportPeriod.of(call, usual);
    return new ReportRequest(
        handle, call, new Query(period, null, List.of(), List.of(), List.of()));
  }

  /**
   * Sets the range of the report. This or {@link #window} is required, and not both. Both ends are
   * sent with their offset, in which Alef prints the times of the answer, and in whole seconds; a
   * fraction is cut off.
   *
   * <p>Alef's series count whole hours or days of UTC. The first and last of them may reach beyond
   * the range or be outside of it.
   *
   * @param start the start of the range, at an offset of whole minutes
   * @param end the end of the range, not before the start, at an offset of whole minutes
   * @return a new request
   */
  public ReportRequest between(OffsetDateTime start, OffsetDateTime end) {
    return with(query.with(query.period.with(query.period.range().withStart(start).withEnd(end))));
  }

  /**
   * Sets the range to whole days: from the first midnight in UTC to the midnight after the last
   * day. {@link #usageRecords()} leaves out hours and days next to the range; {@link #execute}
   * returns them.
   *
   * @param days the days
   * @return a new request
   */
  public ReportRequest days(DayRange days) {
    var range =
        query
            .period
            .range()
            .withDays(
                days,
                each -> each.start().atOffset(ZoneOffset.UTC),
                each -> each.end().atOffset(ZoneOffset.UTC));
    return with(query.with(query.period.with(range)));
  }

  /**
   * Sets the period to a window before now. This or {@link #between} is required, and not both.
   *
   * @param window the window, for example {@link TimeWindow#LAST_HOUR}
   * @return a new request
   */
  public ReportRequest window(TimeWindow window) {
    return with(query.with(query.period.with(Preconditions.present(named("window"), window))));
  }

  /**
   * Limits the report to one account. Set again, it replaces the account.
   *
   * @param accountId the id of the account, for example {@code 62c40843c7a190970912345}
   * @return a new request
   */
  public ReportRequest account(String accountId) {
    return filtered("account", DimensionFilter.ACCOUNT, accountId);
  }

  /**
   * Limits the report to one subscriber. Set again, it replaces the subscriber. Digits are sent as
   * a number, as on Alef's page; a text with a leading zero or anything else is sent as text.
   *
   * @param msisdn the telephone number of the subscriber, for example {@code 8020010012345}
   * @return a new request
   */
  public ReportRequest msisdn(String msisdn) {
    return filtered("msisdn", DimensionFilter.MSISDN, msisdn);
  }

  /**
   * Limits the report to the subscriber with one SIM. Set again, it replaces the SIM. It is sent as
   * a number or text, as {@link #msisdn} is.
   *
   * @param imsi the subscriber identity on the SIM, for example {@code 310550000010232}
   * @return a new request
   */
  public ReportRequest imsi(String imsi) {
    return filtered("imsi", DimensionFilter.IMSI, imsi);
  }

  /**
   * Limits the report to one site. Set again, it replaces the site.
   *
   * @param siteId the id of the site, for example {@code 62c408aaadd8f757bf412345}
   * @return a new request
   */
  public ReportRequest customerSite(String siteId) {
    return filtered("customerSite", DimensionFilter.CUSTOMER_SITE, siteId);
  }

  /**
   * Limits the report to some values of a dimension, for example {@code enodeb_ip}. Set again for
   * the same dimension, it replaces the values.
   *
   * @param dimension the dimension as Alef writes it
   * @param expressions the values, at least one; digits are sent as text, except in {@code msisdn}
   *     and {@code imsi}
   * @return a new request
   * @throws IllegalArgumentException also if there is no expression
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
   * @return a new request
   */
  public ReportRequest dimension(String dimension) {
    return with(query.withDimension(Preconditions.text(named("dimension"), dimension)));
  }

  /**
   * Sets the length of time of one point of a series. Alef decides by default.
   *
   * @param granularity the length, for example {@link Granularity#HOUR}
   * @return a new request
   */
  public ReportRequest granularity(Granularity granularity) {
    return with(query.with(Preconditions.present(named("granularity"), granularity)));
  }

  /**
   * Adds a metric. May be called for several metrics, and for several aggregations of one metric
   * except over {@link TimeWindow#NOW}.
   *
   * @param metric the metric, for example {@link Metric#UPLINK_BYTES}
   * @param aggregation the aggregation of its values, for example {@link Aggregation#COUNT}
   * @return a new request
   */
  public ReportRequest metric(Metric metric, Aggregation aggregation) {
    return with(
        query.with(
            MetricQuery.aggregated(
                Preconditions.present(named("metric"), metric),
                Preconditions.present(named("aggregation"), aggregation))));
  }

  /**
   * Adds a percentile of a metric. May be called for several metrics, once for each: an answer does
   * not distinguish two percentiles of one metric.
   *
   * <p>Alef's page does not give the unit. Its only sample is {@code "comparison_value": 1}: the
   * first percentile if the number counts percent, the hundredth if it is a fraction. The number is
   * sent as it is; try which of the two holds before relying on it.
   *
   * @param metric the metric, for example {@link Metric#UPLINK_BANDWIDTH}
   * @param percentile sent as {@code comparison_value}: above 0 and at most 100
   * @return a new request
   * @throws IllegalArgumentException also if the percentile is out of bounds
   */
  public ReportRequest percentile(Metric metric, double percentile) {
    Preconditions.present(named("metric"), metric);
    // Written so that NaN is refused too.
    if (!(percentile > 0 && percentile <= 100)) {
      throw new IllegalArgumentException(
          named("percentile") + " is not above 0 and at most 100: " + percentile);
    }
    return with(query.with(MetricQuery.percentile(metric, percentile)));
  }

  /**
   * Executes the call and converts the report as {@link Report#usageRecords(String)} does. The
   * subject is the first of msisdn, imsi, site and account that the request is limited to, or
   * {@link UsageRecord#ACCOUNT}.
   *
   * <p>After {@link #days}, hours and days next to the range are left out, and one that does not
   * start on a full hour or day of UTC is refused. A report with values, but none of a direction
   * that was asked for, is refused too.
   *
   * @return the records, oldest first; unmodifiable
   * @throws IllegalStateException if the request asks for no bytes, or is limited to several
   *     subjects
   * @throws io.simtally.core.ApiException as {@link #execute}, and of kind {@code
   *     UNREADABLE_RESPONSE} as {@link Report#usageRecords(String)}
   */
  public List<UsageRecord> usageRecords() {
    var subject = subject();
    return usageRecords(subject, execute());
  }

  /**
   * Executes the call as {@link #usageRecords()} does, and returns at once. Cancelling the future
   * cancels the call.
   *
   * @return the records to come; fails with {@link io.simtally.core.ApiException}
   * @throws IllegalStateException as {@link #usageRecords()}
   */
  public CompletableFuture<List<UsageRecord>> usageRecordsAsync() {
    var subject = subject();
    return UsageConversion.async(executeAsync(), report -> usageRecords(subject, report));
  }

  private String subject() {
    if (!asksFor(Metric.UPLINK_BYTES) && !asksFor(Metric.DOWNLINK_BYTES)) {
      throw new IllegalStateException(
          call + " counts no bytes: add metric uplink_bytes or downlink_bytes with COUNT");
    }
    for (var dimension : DimensionFilter.SUBJECTS) {
      for (var filter : query.filters) {
        if (filter.dimension().equals(dimension)) {
          if (filter.expressions().size() > 1) {
            throw new IllegalStateException(
                call + " has several values of " + dimension + ": usageRecords() needs one");
          }
          return filter.expressions().get(0);
        }
      }
    }
    return UsageRecord.ACCOUNT;
  }

  private boolean asksFor(Metric metric) {
    return query.metrics.contains(MetricQuery.aggregated(metric, Aggregation.COUNT));
  }

  private List<UsageRecord> usageRecords(String subject, Report report) {
    var records = report.usageRecords(subject);
    refuseMissing(Metric.UPLINK_BYTES, records, UsageRecord::uplinkBytes);
    refuseMissing(Metric.DOWNLINK_BYTES, records, UsageRecord::downlinkBytes);
    for (var record : records) {
      if (query.period.range().days() != null && !isOnUtc(record)) {
        throw ByteUsage.CONVERSION.refused(
            "the report has an hour or day from "
                + record.start()
                + " on, which is not one of UTC: use usageRecords(subject) on the answer");
      }
    }
    return query.period.range().within(records.stream());
  }

  private void refuseMissing(
      Metric metric, List<UsageRecord> records, Function<UsageRecord, @Nullable Long> bytes) {
    if (asksFor(metric)
        && !records.isEmpty()
        && records.stream().allMatch(record -> bytes.apply(record) == null)) {
      throw ByteUsage.CONVERSION.refused(
          "the report has no value of "
              + metric
              + ", which was asked for: use usageRecords(subject) on the answer");
    }
  }

  /** Returns whether a record starts where Alef's hours and days of UTC do. */
  private boolean isOnUtc(UsageRecord record) {
    var unit = Granularity.DAY.equals(query.granularity) ? ChronoUnit.DAYS : ChronoUnit.HOURS;
    return record.period() == null || record.start().truncatedTo(unit).equals(record.start());
  }

  @Override
  protected ReportRequest with(CallHandle other) {
    return new ReportRequest(other, call, query);
  }

  private ReportRequest with(Query other) {
    return new ReportRequest(handle(), call, other);
  }

  @Override
  protected CallSpec<Report> spec() {
    var period = query.period.sent(call);
    if (query.metrics.isEmpty()) {
      throw new IllegalStateException(call + " needs metric or percentile, at least one");
    }
    refuseIndistinguishable();
    return CallSpecBuilder.of(ByteUsage.OPERATION)
        .body(body(period))
        .build(new ReportDecoder(query.metrics, query.granularity));
  }

  /** Refuses metrics whose values an answer would not distinguish, or of which it has one only. */
  private void refuseIndistinguishable() {
    var seen = new HashSet<Metric>();
    var percentiles = new HashSet<Metric>();
    for (var each : query.metrics) {
      if (!seen.add(each.metric()) && query.period.isNow()) {
        throw new IllegalStateException(
            call
                + " has metric "
                + each.metric()
                + " twice over NOW, whose answer holds one value of each: send two requests");
      }
      if (each.percentile() != null && !percentiles.add(each.metric())) {
        throw new IllegalStateException(
            call
                + " has percentile of "
                + each.metric()
                + " twice, which the answer would not distinguish: send two requests");
      }
    }
  }

  private ByteString body(ReportPeriod.Sent period) {
    return JsonBody.write(
        json -> {
          json.beginObject();
          json.name("start_date_time").value(period.start());
          json.name("end_date_time").value(period.end());
          if (query.granularity != null) {
            json.name("granularity").value(query.granularity.word());
          }
          if (!query.dimensions.isEmpty()) {
            json.name("dimensions").beginArray();
            for (var dimension : query.dimensions) {
              json.value(dimension);
            }
            json.endArray();
          }
          if (!query.filters.isEmpty()) {
            json.name("dimension_filter_clauses").beginArray().beginObject();
            json.name("filters").beginArray();
            for (var filter : query.filters) {
              filter.write(json);
            }
            json.endArray();
            json.endObject().endArray();
          }
          json.name("metrics").beginArray();
          for (var metric : query.metrics) {
            metric.write(json);
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
    return with(query.with(filter));
  }

  private String named(String setting) {
    return call + " " + setting;
  }

  private record Query(
      ReportPeriod period,
      @Nullable Granularity granularity,
      List<String> dimensions,
      List<DimensionFilter> filters,
      List<MetricQuery> metrics) {

    Query with(ReportPeriod other) {
      return new Query(other, granularity, dimensions, filters, metrics);
    }

    Query with(Granularity other) {
      return new Query(period, other, dimensions, filters, metrics);
    }

    Query withDimension(String added) {
      return new Query(period, granularity, extended(dimensions, added), filters, metrics);
    }

    Query with(DimensionFilter added) {
      var changed = new ArrayList<>(filters);
      changed.replaceAll(each -> each.dimension().equals(added.dimension()) ? added : each);
      return new Query(period, granularity, dimensions, extended(changed, added), metrics);
    }

    Query with(MetricQuery added) {
      return new Query(period, granularity, dimensions, filters, extended(metrics, added));
    }

    /** Returns the list with an element at its end, unless it has it already. */
    private static <E> List<E> extended(List<E> list, E element) {
      var longer = new ArrayList<>(list);
      if (!list.contains(element)) {
        longer.add(element);
      }
      return List.copyOf(longer);
    }
  }
}
