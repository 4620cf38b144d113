package io.simtally.simulator.alef;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.RequestObject;
import io.simtally.simulator.internal.IsoTime;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a report.
 *
 * @param now whether the report is a snapshot
 * @param granularity the length of the buckets of a series
 * @param filters the values of each filtered dimension, texts or numbers, in order
 * @param asks the metrics, in order, each with an aggregation or a percentile
 */
record AlefQuery(
    Range range,
    boolean now,
    Duration granularity,
    Map<String, List<Object>> filters,
    List<Ask> asks) {
  static final String ACCOUNT = "account_id";
  static final String MSISDN = "msisdn";
  static final String IMSI = "imsi";
  static final String SITE = "customer_site_id";
  static final String ENODEB = "enodeb_ip";

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** A range of time; the answer has the offset of its start. */
  record Range(OffsetDateTime start, OffsetDateTime end) {}

  /** A metric with either its aggregation or its percentile. */
  record Ask(
      AlefMetric metric,
      AlefMetric.@Nullable Aggregation aggregation,
      @Nullable BigDecimal percentile) {}

  static AlefQuery read(RequestObject body, Clock clock) throws ProviderError {
    body.allowOnly(
        "start_date_time",
        "end_date_time",
        "granularity",
        "dimensions",
        "dimension_filter_clauses",
        "metrics");
    String start = body.text("start_date_time");
    String end = body.text("end_date_time");
    boolean now = start.equals("NOW");
    Map<String, List<Object>> filters = filters(body);
    checkDimensions(body, filters.keySet());
    List<Ask> asks = asks(body);
    if (now) {
      checkSnapshot(asks);
    }
    return new AlefQuery(range(start, end, clock), now, granularity(body), filters, asks);
  }

  private static Range range(String start, String end, Clock clock) throws ProviderError {
    OffsetDateTime now = clock.instant().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC);
    Optional<OffsetDateTime> wordStart =
        switch (start) {
          case "NOW" -> Optional.of(now.minus(AlefUsage.LENGTH));
          case "LAST HOUR" -> Optional.of(now.minusHours(1));
          case "LAST DAY" -> Optional.of(now.minusDays(1));
          case "LAST WEEK" -> Optional.of(now.minusWeeks(1));
          case "LAST MONTH" -> Optional.of(now.minusMonths(1));
          default -> Optional.empty();
        };
    if (wordStart.isPresent()) {
      if (!start.equals(end)) {
        throw refused("start_date_time and end_date_time must be the same word");
      }
      return new Range(wordStart.get(), now);
    }
    Range range = new Range(time("start_date_time", start), time("end_date_time", end));
    if (range.start().isAfter(range.end())) {
      throw refused("start_date_time is after end_date_time");
    }
    return range;
  }

  private static OffsetDateTime time(String name, String text) throws ProviderError {
    return IsoTime.parse(text, IsoTime.WHOLE_SECOND)
        .orElseThrow(
            () ->
                refused(
                    name + " is neither a time like 2022-07-07T09:50:00+05:30 nor a known word"));
  }

  private static Duration granularity(RequestObject body) throws ProviderError {
    String word = body.has("granularity") ? body.text("granularity") : "HOUR";
    return switch (word) {
      case "HOUR" -> Duration.ofHours(1);
      case "DAY" -> Duration.ofDays(1);
      default -> throw refused("granularity must be HOUR or DAY");
    };
  }

  private static Map<String, List<Object>> filters(RequestObject body) throws ProviderError {
    RequestObject clause = body.onlyObject("dimension_filter_clauses").allowOnly("filters");
    Map<String, List<Object>> filters = new LinkedHashMap<>();
    for (RequestObject filter : clause.objects("filters")) {
      filter.allowOnly("dimension_name", "operator", "expressions");
      if (!filter.text("operator").equals("EXACT")) {
        throw refused("operator must be EXACT");
      }
      String dimension = filter.text("dimension_name");
      if (filters.put(dimension, expressions(dimension, filter.values("expressions"))) != null) {
        throw refused("two filters of " + dimension);
      }
    }
    if (!filters.containsKey(ACCOUNT) || filters.get(ACCOUNT).size() != 1) {
      throw refused("a filter of one account_id is missing");
    }
    return filters;
  }

  private static List<Object> expressions(String dimension, List<?> given) throws ProviderError {
    List<Object> expressions = new ArrayList<>();
    for (Object value : given) {
      expressions.add(expression(dimension, value));
    }
    return expressions;
  }

  private static Object expression(String dimension, Object value) throws ProviderError {
    boolean valid =
        switch (dimension) {
          case ACCOUNT, SITE, ENODEB -> value instanceof String;
          case MSISDN, IMSI -> isNumber(value) || isDigits(value);
          default -> throw refused("dimension " + dimension + " is unknown or not simulated");
        };
    if (!valid) {
      throw refused("the expression of " + dimension + " is of the wrong kind");
    }
    return value;
  }

  /** The page has numbers here, another page of Alef has texts. */
  private static boolean isNumber(Object value) {
    return value instanceof Long number && number >= 0;
  }

  private static boolean isDigits(Object value) {
    return value instanceof String text && DIGITS.matcher(text).matches();
  }

  private static void checkDimensions(RequestObject body, Set<String> filtered)
      throws ProviderError {
    if (!body.has("dimensions")) {
      return;
    }
    Set<Object> seen = new HashSet<>();
    for (Object dimension : body.values("dimensions")) {
      if (!(dimension instanceof String) || !seen.add(dimension)) {
        throw refused("dimensions must be an array of different strings");
      }
      if (!filtered.contains(dimension)) {
        // No page shows an answer that is split by several values.
        throw refused("dimension " + dimension + " needs a filter");
      }
    }
  }

  private static List<Ask> asks(RequestObject body) throws ProviderError {
    List<Ask> asks = new ArrayList<>();
    for (RequestObject metric : body.objects("metrics")) {
      Ask ask = ask(metric);
      if (asks.contains(ask)) {
        throw refused("metric " + ask.metric().word() + " is requested twice");
      }
      asks.add(ask);
    }
    return asks;
  }

  private static Ask ask(RequestObject asked) throws ProviderError {
    asked.allowOnly("name", "aggregation_type", "metric_filter_clauses");
    String name = asked.text("name");
    Optional<AlefMetric> metric = AlefMetric.find(name);
    if (metric.isEmpty()) {
      throw refused("metric " + name + " is unknown or not simulated");
    }
    if (asked.has("aggregation_type") == asked.has("metric_filter_clauses")) {
      throw refused("a metric needs either aggregation_type or metric_filter_clauses");
    }
    return asked.has("aggregation_type")
        ? new Ask(metric.get(), aggregation(metric.get(), asked.text("aggregation_type")), null)
        : new Ask(metric.get(), null, percentile(asked.onlyObject("metric_filter_clauses")));
  }

  private static AlefMetric.Aggregation aggregation(AlefMetric metric, String word)
      throws ProviderError {
    for (AlefMetric.Aggregation aggregation : metric.aggregations()) {
      if (aggregation.name().equals(word)) {
        return aggregation;
      }
    }
    throw refused("aggregation_type of " + metric.word() + " must not be " + word);
  }

  private static BigDecimal percentile(RequestObject clause) throws ProviderError {
    RequestObject filter =
        clause.allowOnly("filters").onlyObject("filters").allowOnly("operator", "comparison_value");
    BigDecimal value = filter.number("comparison_value");
    if (!filter.text("operator").equals("PERCENTILE")
        || value.signum() <= 0
        || value.compareTo(HUNDRED) > 0) {
      throw refused("a metric filter must be a PERCENTILE above 0 and at most 100");
    }
    return value;
  }

  /** A snapshot has one member for each metric. */
  private static void checkSnapshot(List<Ask> asks) throws ProviderError {
    if (asks.stream().map(Ask::metric).distinct().count() != asks.size()) {
      throw refused("NOW accepts one aggregation_type for each metric");
    }
    if (asks.stream().anyMatch(ask -> ask.percentile() != null)) {
      throw refused("NOW accepts no percentile");
    }
  }

  private static ProviderError refused(String reason) {
    return AlefError.INVALID_REQUEST.error(reason);
  }

  /** Returns the end of the last complete five minutes of the range. */
  Instant latestStretch() {
    long length = AlefUsage.LENGTH.toSeconds();
    return Instant.ofEpochSecond(range.end().toEpochSecond() / length * length);
  }
}
