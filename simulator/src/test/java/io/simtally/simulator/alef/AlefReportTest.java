package io.simtally.simulator.alef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.simtally.simulator.Answer;
import io.simtally.simulator.January;
import io.simtally.simulator.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the answers with the samples of the published page. */
final class AlefReportTest {
  private static final Instant NOW = Instant.parse("2022-07-12T09:13:48Z");

  @ParameterizedTest
  @CsvSource({
    "account-time-usage,        62c40843c7a1909709112345",
    "subscriber-time-usage,     62c40843c7a190970912345",
    "subscriber-byte-usage,     62c40843c7a190970912345",
    "site-bandwidth-now,        62c40843c7a190970912345",
    "site-bandwidth-percentile, 62c40843c7a190970912345",
    "max-bandwidth-by-imsi,     62b00f5695c2cd8c530548e5",
    "max-bandwidth-by-msisdn,   62b00f5695c2cd8c530548e5",
    "site-bandwidth-statistics, 62b00f5695c2cd8c530548e5",
  })
  void answersTheDocumentedRequestInTheDocumentedShape(String sample, String account)
      throws IOException {
    AlefSimulator simulator = builder().account(account, "the-key").build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      Answer answer = calls.report(AlefCalls.fixture(sample + ".request.json"));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
      assertThat(shape(answer.json()))
          .isEqualTo(shape(Answer.json(AlefCalls.fixture(sample + ".response.json"))));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "account-time-usage,        62c40843c7a1909709112345",
    "subscriber-time-usage,     62c40843c7a190970912345",
    "site-bandwidth-statistics, 62b00f5695c2cd8c530548e5",
  })
  void putsTheStampsOfTheSampleOnTheDocumentedRequest(String sample, String account)
      throws IOException {
    AlefSimulator simulator = builder().account(account, "the-key").build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      Answer answer = calls.report(AlefCalls.fixture(sample + ".request.json"));
      JsonObject documented =
          JsonObject.of(Answer.json(AlefCalls.fixture(sample + ".response.json")));

      assertThat(lists(answer.object())).hasSameSizeAs(lists(documented));
      for (int i = 0; i < lists(documented).size(); i++) {
        assertThat(lists(answer.object()).get(i))
            .extracting(
                point -> point.text("time_stamp"),
                point -> point.text("name"),
                point -> point.text("aggregation_type"))
            .isEqualTo(
                lists(documented).get(i).stream()
                    .map(
                        point ->
                            tuple(
                                point.text("time_stamp"),
                                point.text("name"),
                                point.text("aggregation_type")))
                    .toList());
      }
    }
  }

  @Test
  void beginsAndEndsTheHoursOfTheSampleWhereItDoes() throws IOException {
    AlefSimulator simulator = builder().account("62c40843c7a190970912345", "the-key").build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      Answer answer = calls.report(AlefCalls.fixture("subscriber-byte-usage.request.json"));

      List<JsonObject> points = lists(answer.object()).get(0);
      assertThat(points.get(0).text("time_stamp")).isEqualTo("2022-07-07T09:30:00+05:30");
      assertThat(points.get(0).text("name")).isEqualTo("uplink_bytes");
      assertThat(points.get(points.size() - 1).text("time_stamp"))
          .isEqualTo("2022-07-08T10:30:00+05:30");
      assertThat(points.get(points.size() - 1).text("name")).isEqualTo("downlink_bytes");
      assertThat(points).hasSize(2 * 26);
    }
  }

  @Test
  void countsTheUsageThatEndsInEachHour() throws IOException {
    AlefSimulator simulator =
        January.of(AlefSimulator.builder())
            .subscribers(0)
            .subscriber(
                new AlefSubscriber("8020010012345", "310550000010232", "site"),
                AlefUsage.of(Instant.parse("2026-01-01T00:00:00Z"), 1, 10),
                AlefUsage.of(Instant.parse("2026-01-01T00:05:00Z"), 2, 20),
                new AlefUsage(
                    Instant.parse("2026-01-01T01:00:00Z"),
                    new BigDecimal("4.5"),
                    new BigDecimal("40.125"),
                    Duration.ofSeconds(1)),
                AlefUsage.of(Instant.parse("2026-01-01T01:05:00Z"), 8, 80))
            .build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      Answer answer =
          calls.bytes(
              "8020010012345", "2026-01-01T00:00:00+00:00", "2026-01-01T01:00:00+00:00", "");

      assertThat(answer.body())
          .isEqualTo(
              "{\"result\":[["
                  + "{\"time_stamp\":\"2026-01-01T01:00:00+00:00\",\"name\":\"uplink_bytes\","
                  + "\"value\":6.5,\"aggregation_type\":\"COUNT\"},"
                  + "{\"time_stamp\":\"2026-01-01T01:00:00+00:00\",\"name\":\"downlink_bytes\","
                  + "\"value\":60.125,\"aggregation_type\":\"COUNT\"}]],"
                  + "\"msisdn\":8020010012345,\"account_id\":\""
                  + simulator.accountId()
                  + "\"}");
      assertThat(simulator.traffic().rowsServed()).isEqualTo(2);
      assertThat(simulator.traffic().bytesServed()).isEqualTo(answer.body().length());
    }
  }

  @Test
  void daysAreDaysOfUtcWhateverTheOffset() throws IOException {
    AlefSimulator simulator =
        January.of(AlefSimulator.builder())
            .subscribers(0)
            .subscriber(
                new AlefSubscriber("1", "2", "site"),
                AlefUsage.of(Instant.parse("2026-01-02T00:00:00Z"), 1, 0),
                AlefUsage.of(Instant.parse("2026-01-02T00:05:00Z"), 2, 0))
            .build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      Answer answer =
          calls.bytes(
              "1",
              "2025-12-31T16:00:00-08:00",
              "2026-01-02T16:00:00-08:00",
              ",'granularity':'DAY'");

      assertThat(lists(answer.object()).get(0))
          .filteredOn(point -> point.text("name").equals("uplink_bytes"))
          .extracting(point -> point.text("time_stamp"), point -> point.number("value"))
          .containsExactly(
              tuple("2026-01-01T16:00:00-08:00", 1L), tuple("2026-01-02T16:00:00-08:00", 2L));
    }
  }

  @Test
  void findsTheAverageTheLeastAndTheGreatest() throws IOException {
    AlefSimulator simulator =
        January.of(AlefSimulator.builder())
            .subscribers(0)
            .subscriber(
                new AlefSubscriber("1", "2", "site"),
                usage("2026-01-01T00:05:00Z", 1_000_000, 2),
                usage("2026-01-01T00:10:00Z", 2_000_000, 1),
                usage("2026-01-01T00:15:00Z", 0, 0))
            .build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      Answer answer =
          calls.report(
              """
              {'start_date_time':'2026-01-01T00:00:00+00:00',
               'end_date_time':'2026-01-01T01:00:00+00:00',%s,'metrics':[
                {'name':'uplink_bandwidth','aggregation_type':'AVG'},
                {'name':'uplink_bandwidth','aggregation_type':'MIN'},
                {'name':'uplink_bandwidth','aggregation_type':'MAX'},
                {'name':'time_usage_seconds','aggregation_type':'AVG'},
                {'name':'ue_online_status','aggregation_type':'EXISTS'}]}
              """
                  .formatted(calls.filters("1")));

      Map<String, Object> values = new LinkedHashMap<>();
      for (List<JsonObject> points : lists(answer.object())) {
        assertThat(points).hasSize(1);
        JsonObject point = points.get(0);
        values.put(point.text("name") + " " + point.text("aggregation_type"), point.value("value"));
      }
      // Bits divided by the seconds with traffic: 24 over 3, 8 over 2, 16 over 1.
      assertThat(values)
          .isEqualTo(
              Map.of(
                  "uplink_bandwidth AVG", 8.0,
                  "uplink_bandwidth MIN", 4.0,
                  "uplink_bandwidth MAX", 16.0,
                  "time_usage_seconds AVG", 1.0,
                  "ue_online_status EXISTS", 1.0));
    }
  }

  @Test
  void addsTheCountsOfASiteAndShowsTheGreatestOfItsSubscribersOtherwise() throws IOException {
    AlefSimulator simulator =
        January.of(AlefSimulator.builder())
            .subscribers(0)
            .subscriber(new AlefSubscriber("1", "11", "a"), usage("2026-01-01T00:05:00Z", 100, 1))
            .subscriber(new AlefSubscriber("2", "12", "a"), usage("2026-01-01T00:10:00Z", 300, 1))
            .subscriber(new AlefSubscriber("3", "13", "b"), usage("2026-01-01T00:10:00Z", 999, 1))
            .build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      String site = calls.filters("'a'").replace("msisdn", "customer_site_id");
      Answer answer =
          calls.report(
              """
              {'start_date_time':'2026-01-01T00:00:00+00:00',
               'end_date_time':'2026-01-01T01:00:00+00:00',%s,'metrics':[
                {'name':'uplink_bytes','aggregation_type':'COUNT'},
                {'name':'uplink_bytes','aggregation_type':'MAX'}]}
              """
                  .formatted(site));

      assertThat(lists(answer.object()))
          .extracting(points -> points.get(0).number("value"))
          .containsExactlyInAnyOrder(400L, 300L);
      assertThat(answer.text("customer_site_id")).isEqualTo("a");
    }
  }

  @Test
  void showsWhatIsAtOrAboveThePercentileTheLeastFirst() throws IOException {
    List<AlefUsage> history = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      // 5, 10, 3, 8, 1, 6, 11, 4, 9, 2, 7, 12 units
      long bytes = (i * 5 + 4) % 12 + 1;
      history.add(
          usage(String.format(Locale.ROOT, "2026-01-01T00:%02d:00Z", i * 5), bytes * 125_000, 1));
    }
    AlefSimulator simulator =
        January.of(AlefSimulator.builder())
            .subscribers(0)
            .subscriber(new AlefSubscriber("1", "2", "site"), history)
            .build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      Answer answer =
          calls.report(
              """
              {'start_date_time':'2025-12-31T23:00:00+00:00',
               'end_date_time':'2026-01-01T01:00:00+00:00',%s,'metrics':[
                {'name':'uplink_bandwidth','metric_filter_clauses':[
                  {'filters':[{'operator':'PERCENTILE','comparison_value':75}]}]}]}
              """
                  .formatted(calls.filters("1")));

      List<JsonObject> points = lists(answer.object()).get(0);
      assertThat(points)
          .extracting(point -> point.number("value"))
          .containsExactly(9L, 10L, 11L, 12L);
      assertThat(points)
          .allSatisfy(
              point -> assertThat(point.names()).containsExactly("time_stamp", "name", "value"));
    }
  }

  @Test
  void showsTheLastFiveMinutesNow() throws IOException {
    AlefSimulator simulator =
        January.of(AlefSimulator.builder())
            .subscribers(0)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .subscriber(
                new AlefSubscriber("8020010012345", "310550000010232", "site"),
                usage("2022-07-12T09:05:00Z", 5, 1),
                usage("2022-07-12T09:10:00Z", 1_000_000, 3),
                usage("2022-07-12T09:15:00Z", 5, 1))
            .build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      String now =
          "{'start_date_time':'NOW','end_date_time':'NOW',%s,'metrics':["
              + "{'name':'uplink_bandwidth','aggregation_type':'AVG'},"
              + "{'name':'ue_online_status','aggregation_type':'EXISTS'}]}";

      assertThat(calls.report(now.formatted(calls.filters("8020010012345"))).body())
          .isEqualTo(
              "{\"start_time\":\"2022-07-12T09:08:48+00:00\",\"end_time\":"
                  + "\"2022-07-12T09:13:48+00:00\",\"ue_online_status\":\"YES\","
                  + "\"uplink_bandwidth\":2.6666667,\"msisdn\":8020010012345,\"account_id\":\""
                  + simulator.accountId()
                  + "\"}");
      assertThat(calls.report(now.formatted(calls.filters("7"))).body())
          .contains("\"ue_online_status\":\"NO\",\"uplink_bandwidth\":0,");
      assertThat(simulator.traffic().rowsServed()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @CsvSource({"LAST HOUR, 1", "LAST DAY, 3", "LAST WEEK, 4", "LAST MONTH, 5"})
  void answersTheDocumentedWindowsWithASeries(String window, long bytes) throws IOException {
    AlefSimulator simulator =
        January.of(AlefSimulator.builder())
            .subscribers(0)
            .clock(Clock.fixed(Instant.parse("2022-07-12T09:00:00Z"), ZoneOffset.UTC))
            .subscriber(
                new AlefSubscriber("1", "2", "site"),
                usage("2022-07-12T09:05:00Z", 1, 1),
                usage("2022-07-12T08:30:00Z", 1, 1),
                usage("2022-07-11T12:00:00Z", 2, 1),
                usage("2022-07-06T12:00:00Z", 1, 1),
                usage("2022-06-15T12:00:00Z", 1, 1),
                usage("2022-06-11T12:00:00Z", 1, 1))
            .build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      Answer answer = calls.bytes("1", window, window, "");

      assertThat(
              lists(answer.object()).get(0).stream()
                  .filter(point -> point.text("name").equals("uplink_bytes"))
                  .mapToLong(point -> point.number("value"))
                  .sum())
          .isEqualTo(bytes);
    }
  }

  @Test
  void countsNothingForASubscriberThatIsNotThere() throws IOException {
    AlefSimulator simulator = January.of(AlefSimulator.builder()).build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      Answer answer =
          calls.bytes("1", "2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00", "");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(lists(answer.object())).containsExactly(List.of());
    }
  }

  @Test
  void addsUpTheSubscribersOfSeveralExpressions() throws IOException {
    AlefSimulator simulator = January.of(AlefSimulator.builder()).build();
    List<AlefSubscriber> subscribers = simulator.subscribers();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      double one = uplinkBytes(calls, subscribers.get(0).msisdn());
      double other = uplinkBytes(calls, subscribers.get(1).msisdn());

      assertThat(
              uplinkBytes(calls, subscribers.get(0).msisdn() + "," + subscribers.get(1).msisdn()))
          .isCloseTo(one + other, within(0.01))
          .isGreaterThan(Math.max(one, other));
      String cell = subscribers.get(0).enodebIp();
      String byCell =
          calls.filters("'" + cell + "'").replace("msisdn", AlefQuery.ENODEB)
              + ","
              + AlefCalls.BYTES;
      String report =
          "{'start_date_time':'2026-01-01T00:00:00+00:00',"
              + "'end_date_time':'2026-01-31T00:00:00+00:00',"
              + byCell
              + "}";
      assertThat(calls.report(report).object().text("enodeb_ip")).isEqualTo(cell);
    }
  }

  private static double uplinkBytes(AlefCalls calls, String msisdns) throws IOException {
    return lists(
            calls
                .bytes(msisdns, "2026-01-01T00:00:00+00:00", "2026-01-31T00:00:00+00:00", "")
                .object())
        .stream()
        .flatMap(List::stream)
        .filter(point -> point.text("name").equals("uplink_bytes"))
        .mapToDouble(point -> Double.parseDouble(point.value("value").toString()))
        .sum();
  }

  @Test
  void answersAPercentileBesideAnAggregation() throws IOException {
    AlefSimulator simulator = January.of(AlefSimulator.builder()).build();
    try (AlefCalls calls = new AlefCalls(simulator)) {
      Answer answer =
          calls.report(
              "{'start_date_time':'2026-01-01T00:00:00+00:00',"
                  + "'end_date_time':'2026-01-31T00:00:00+00:00',"
                  + calls.filters(simulator.subscribers().get(0).msisdn())
                  + ",'metrics':[{'name':'packet_latency','aggregation_type':'MAX'},"
                  + "{'name':'ue_connections','aggregation_type':'COUNT'},"
                  + "{'name':'uplink_bandwidth','metric_filter_clauses':[{'filters':["
                  + "{'operator':'PERCENTILE','comparison_value':50}]}]}]}");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(lists(answer.object()))
          .extracting(list -> list.get(0).text("name"))
          .containsExactlyInAnyOrder("packet_latency", "ue_connections", "uplink_bandwidth");
    }
  }

  @Test
  void findsASubscriberByItsMsisdnItsImsiAndItsSite() throws IOException {
    AlefSimulator simulator = January.of(AlefSimulator.builder()).subscribersPerSite(1).build();
    AlefSubscriber subscriber = simulator.subscribers().get(3);
    try (AlefCalls calls = new AlefCalls(simulator)) {
      String report =
          "{'start_date_time':'2026-01-01T00:00:00+00:00',"
              + "'end_date_time':'2026-01-31T00:00:00+00:00',%s,"
              + AlefCalls.BYTES
              + "}";
      String byMsisdn = calls.filters(subscriber.msisdn());
      Object points = calls.report(report.formatted(byMsisdn)).object().value("result");

      assertThat(points).isNotEqualTo(List.of(List.of()));
      for (String filters :
          List.of(
              calls.filters("'" + subscriber.msisdn() + "'"),
              calls.filters(subscriber.imsi()).replace("msisdn", "imsi"),
              calls
                  .filters("'" + subscriber.siteId() + "'")
                  .replace("msisdn", "customer_site_id"))) {
        assertThat(calls.report(report.formatted(filters)).object().value("result"))
            .isEqualTo(points);
      }
      String another =
          byMsisdn.replace(
              "]}]}]",
              "]},{'dimension_name':'imsi','operator':'EXACT','expressions':["
                  + simulator.subscribers().get(4).imsi()
                  + "]}]}]");
      assertThat(calls.report(report.formatted(another)).object().value("result"))
          .isEqualTo(List.of(List.of()));
    }
  }

  /** Returns usage at each time of a sample. */
  private static AlefSimulator.Builder builder() {
    List<AlefUsage> history = new ArrayList<>();
    Instant end = Instant.parse("2022-07-14T00:00:00Z");
    for (Instant at = Instant.parse("2022-06-22T00:00:00Z");
        at.isBefore(end);
        at = at.plusSeconds(900)) {
      history.add(
          new AlefUsage(
              at, new BigDecimal("22196.5"), new BigDecimal("29910.25"), Duration.ofMillis(1700)));
    }
    history.add(usage("2022-07-12T09:10:00Z", 400, 1));
    return January.of(AlefSimulator.builder())
        .subscribers(0)
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .subscriber(
            new AlefSubscriber("8020010012345", "310550000010232", "62c408aaadd8f757bf412345"),
            history)
        .subscriber(
            new AlefSubscriber("8120012300987", "310550000010233", "628f12886f8307435f7b7c59"),
            history);
  }

  private static AlefUsage usage(String end, long uplinkBytes, long seconds) {
    return new AlefUsage(
        Instant.parse(end),
        BigDecimal.valueOf(uplinkBytes),
        BigDecimal.ZERO,
        Duration.ofSeconds(seconds));
  }

  static List<List<JsonObject>> lists(JsonObject answer) {
    List<List<JsonObject>> lists = new ArrayList<>();
    for (Object list : (List<?>) answer.value("result")) {
      lists.add(((List<?>) list).stream().map(JsonObject::of).toList());
    }
    return lists;
  }

  /** Returns the names and kinds of values, in order, and the distinct elements of arrays. */
  private static Object shape(Object json) {
    if (json instanceof Map<?, ?> object) {
      List<Object> members = new ArrayList<>();
      object.forEach((name, value) -> members.add(List.of(name, shape(value))));
      return members;
    }
    if (json instanceof List<?> array) {
      Set<Object> elements = new LinkedHashSet<>();
      array.forEach(element -> elements.add(shape(element)));
      return elements;
    }
    return json instanceof String text && text.matches("2022-.*T.*[+-]\\d\\d:\\d\\d")
        ? "time"
        : json.getClass().getSimpleName();
  }
}
