package io.simtally.simulator.alef;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.RequestObject;
import io.simtally.simulator.SimulatorEndpoint;
import io.simtally.simulator.internal.ServedMeter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** {@code POST /connectivity/v1/report}, as the page "Time, bandwidth or byte counts" shows it. */
record AlefReportEndpoint(
    String accountId, String apiKey, AlefFleet fleet, Clock clock, ServedMeter served)
    implements SimulatorEndpoint.Handler {
  private static final String KEY_PARAMETER = "apikey";

  /** The number of decimals of a sample of bandwidth. */
  private static final int SCALE = 7;

  @Override
  public void authorize(RecordedRequest request) throws ProviderError {
    if (!apiKey.equals(request.getUrl().queryParameter(KEY_PARAMETER))) {
      throw AlefError.INVALID_KEY.error("no valid " + KEY_PARAMETER);
    }
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws ProviderError {
    checkQuery(request.getUrl());
    checkAccept(request.getHeaders().get("Accept"));
    AlefQuery query =
        AlefQuery.read(RequestObject.read(request, AlefError.INVALID_REQUEST::error), clock);
    if (!List.of(accountId).equals(query.filters().get(AlefQuery.ACCOUNT))) {
      throw AlefError.INVALID_REQUEST.error("the key belongs to another account_id");
    }
    AlefAnswer answer = query.now() ? snapshot(query) : series(query);
    return served.answer(200, answer::writeTo, answer::rows);
  }

  private static void checkQuery(HttpUrl url) throws ProviderError {
    if (url.querySize() != 1) {
      throw AlefError.INVALID_REQUEST.error("query parameters beside " + KEY_PARAMETER);
    }
  }

  /** Refuses CSV, which Alef documents without an example. */
  private static void checkAccept(@Nullable String accept) throws ProviderError {
    if (accept != null && !accept.contains("application/json") && !accept.contains("*/*")) {
      throw AlefError.NOT_ACCEPTABLE.error("the simulator answers application/json only");
    }
  }

  private Stream<AlefMember> members(AlefQuery query) {
    Set<String> msisdns = texts(query, AlefQuery.MSISDN);
    Set<String> imsis = texts(query, AlefQuery.IMSI);
    Set<String> sites = texts(query, AlefQuery.SITE);
    Set<String> cells = texts(query, AlefQuery.ENODEB);
    return candidates(msisdns, imsis, sites)
        .filter(
            member -> {
              AlefSubscriber subscriber = member.subscriber();
              return includes(msisdns, subscriber.msisdn())
                  && includes(imsis, subscriber.imsi())
                  && includes(sites, subscriber.siteId())
                  && includes(cells, subscriber.enodebIp());
            });
  }

  /** Uses the narrowest filter, to avoid a scan of a million subscribers for one. */
  private Stream<AlefMember> candidates(Set<String> msisdns, Set<String> imsis, Set<String> sites) {
    if (!msisdns.isEmpty()) {
      return msisdns.stream().flatMap(fleet::ofMsisdn);
    }
    if (!imsis.isEmpty()) {
      return imsis.stream().flatMap(fleet::ofImsi);
    }
    return sites.isEmpty() ? fleet.all() : sites.stream().flatMap(fleet::ofSite);
  }

  /** Returns whether a filter includes a value; without a filter all values are included. */
  private static boolean includes(Set<String> values, String value) {
    return values.isEmpty() || values.contains(value);
  }

  private static Set<String> texts(AlefQuery query, String dimension) {
    return query.filters().getOrDefault(dimension, List.of()).stream()
        .map(Object::toString)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private AlefAnswer snapshot(AlefQuery query) {
    Instant stretch = query.latestStretch();
    List<AlefUsage> usage = members(query).map(member -> member.snapshot().apply(stretch)).toList();
    Map<String, Object> values = new LinkedHashMap<>();
    List<AlefQuery.Ask> asks = new ArrayList<>(query.asks());
    Collections.reverse(asks); // as in the samples
    for (AlefQuery.Ask ask : asks) {
      values.put(ask.metric().word(), snapshotValue(ask, usage));
    }
    return new AlefAnswer.Snapshot(
        query.range().start(), query.range().end(), values, query.filters());
  }

  private static Object snapshotValue(AlefQuery.Ask ask, List<AlefUsage> usage) {
    if (ask.metric() == AlefMetric.UE_ONLINE_STATUS) {
      return usage.stream().anyMatch(one -> !one.used().isZero()) ? "YES" : "NO";
    }
    return usage.stream()
        .flatMap(one -> ask.metric().value(one).stream())
        .reduce((one, other) -> AlefMetric.joined(ask.aggregation(), one, other))
        .map(AlefReportEndpoint::rounded)
        .orElse(BigDecimal.ZERO);
  }

  private AlefAnswer series(AlefQuery query) {
    List<List<AlefAnswer.Point>> result = new ArrayList<>();
    if (query.asks().stream().anyMatch(ask -> ask.aggregation() != null)) {
      result.addAll(figures(query));
    }
    if (query.asks().stream().anyMatch(ask -> ask.percentile() != null)) {
      result.add(percentiles(query));
    }
    return new AlefAnswer.Series(result, query.filters());
  }

  /**
   * Returns metrics with one aggregation in one list in the requested order, and metrics with
   * several aggregations in separate lists in another order, as in the samples.
   */
  private List<List<AlefAnswer.Point>> figures(AlefQuery query) {
    Map<AlefQuery.Ask, List<AlefAnswer.Point>> points = pointsByAsk(query);
    Map<String, List<List<AlefAnswer.Point>>> byAggregation = new LinkedHashMap<>();
    points.forEach(
        (ask, list) ->
            byAggregation
                .computeIfAbsent(String.valueOf(ask.aggregation()), word -> new ArrayList<>())
                .add(list));
    if (byAggregation.size() == 1) {
      return List.of(points.values().stream().flatMap(List::stream).toList());
    }
    byAggregation.values().forEach(Collections::reverse);
    return byAggregation.values().stream().flatMap(List::stream).toList();
  }

  private Map<AlefQuery.Ask, List<AlefAnswer.Point>> pointsByAsk(AlefQuery query) {
    AlefBuckets buckets = AlefBuckets.of(query.range(), query.granularity());
    Map<AlefQuery.Ask, SortedMap<Instant, BigDecimal>> figures = new LinkedHashMap<>();
    query.asks().stream()
        .filter(ask -> ask.aggregation() != null)
        .forEach(ask -> figures.put(ask, new TreeMap<>()));
    members(query)
        .forEach(
            member ->
                buckets
                    .usageOf(member)
                    .forEach(
                        (end, usage) -> figures.forEach((ask, all) -> add(ask, end, usage, all))));
    Map<AlefQuery.Ask, List<AlefAnswer.Point>> points = new LinkedHashMap<>();
    figures.forEach((ask, all) -> points.put(ask, points(query, ask, all)));
    return points;
  }

  private static void add(
      AlefQuery.Ask ask, Instant end, List<AlefUsage> usage, Map<Instant, BigDecimal> figures) {
    AlefMetric.Aggregation aggregation = ask.aggregation();
    if (aggregation != null) {
      ask.metric()
          .figure(aggregation, usage)
          .ifPresent(
              figure ->
                  figures.merge(
                      end, figure, (one, other) -> AlefMetric.joined(aggregation, one, other)));
    }
  }

  private static List<AlefAnswer.Point> points(
      AlefQuery query, AlefQuery.Ask ask, Map<Instant, BigDecimal> figures) {
    return figures.entrySet().stream()
        .map(
            figure ->
                new AlefAnswer.Point(
                    AlefBuckets.printed(figure.getKey(), query.range()),
                    ask.metric(),
                    rounded(figure.getValue()),
                    ask.aggregation()))
        .toList();
  }

  /**
   * Returns the five minutes at or above the percentile, in ascending order. The sample of Alef's
   * page looks like this, but the page does not explain it.
   */
  private List<AlefAnswer.Point> percentiles(AlefQuery query) {
    List<AlefAnswer.Point> points = new ArrayList<>();
    for (AlefQuery.Ask ask : query.asks()) {
      if (ask.percentile() == null) {
        continue;
      }
      SortedMap<Instant, BigDecimal> values = new TreeMap<>();
      members(query)
          .flatMap(member -> usage(member, query.range()).stream())
          .forEach(
              usage ->
                  ask.metric()
                      .value(usage)
                      .ifPresent(value -> values.merge(usage.end(), value, BigDecimal::max)));
      List<Map.Entry<Instant, BigDecimal>> sorted = new ArrayList<>(values.entrySet());
      sorted.sort(Map.Entry.comparingByValue());
      int below = rank(ask.percentile(), sorted.size());
      for (Map.Entry<Instant, BigDecimal> value : sorted.subList(below, sorted.size())) {
        points.add(
            new AlefAnswer.Point(
                AlefBuckets.printed(value.getKey(), query.range()),
                ask.metric(),
                value.getValue(),
                null));
      }
    }
    return points;
  }

  private static List<AlefUsage> usage(AlefMember member, AlefQuery.Range range) {
    return member.usage(range.start().toInstant(), range.end().toInstant());
  }

  /** Returns the number of values below the percentile, by the nearest rank. */
  private static int rank(@Nullable BigDecimal percentile, int values) {
    if (percentile == null || values == 0) {
      return 0;
    }
    return percentile
            .multiply(BigDecimal.valueOf(values))
            .movePointLeft(2)
            .setScale(0, RoundingMode.CEILING)
            .intValueExact()
        - 1;
  }

  private static BigDecimal rounded(BigDecimal figure) {
    return figure.scale() > SCALE ? figure.setScale(SCALE, RoundingMode.HALF_UP) : figure;
  }
}
