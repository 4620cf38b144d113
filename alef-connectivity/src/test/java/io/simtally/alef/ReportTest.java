package io.simtally.alef;

import static io.simtally.alef.AlefService.failureOf;
import static io.simtally.alef.AlefService.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.ApiException.Kind;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2022-07-07T09:50:00+05:30");
  private static final OffsetDateTime END = OffsetDateTime.parse("2022-07-08T09:50:00+05:30");

  private final AlefService alef = new AlefService();

  @AfterEach
  void stop() {
    alef.close();
  }

  @Test
  void readsTheWholeDocumentedTimeUsageOfAnAccount() {
    alef.answer(sample("account-time-usage.response.json"));

    assertThat(alef.client.accountTimeUsage("a").between(START, END).execute())
        .isEqualTo(
            new SeriesReport(
                List.of(timeUsage()), Map.of("account_id", "62c40843c7a190970912345")));
  }

  @Test
  void readsTheWholeDocumentedTimeUsageOfASubscriber() {
    alef.answer(sample("subscriber-time-usage.response.json"));

    assertThat(alef.client.subscriberTimeUsage("a", "1").between(START, END).execute())
        .isEqualTo(
            new SeriesReport(
                List.of(timeUsage()),
                Map.of("msisdn", "8020010012345", "account_id", "62c40843c7a190970912345")));
  }

  @Test
  void readsTheWholeDocumentedByteUsage() {
    alef.answer(sample("subscriber-byte-usage.response.json"));

    assertThat(alef.client.subscriberByteUsage("a", "1").between(START, END).execute())
        .isEqualTo(
            new SeriesReport(
                List.of(
                    List.of(
                        point("2022-07-07T09:30:00+05:30", "uplink_bytes", "73130", "COUNT"),
                        point("2022-07-07T10:30:00+05:30", "uplink_bytes", "73954", "COUNT"),
                        point("2022-07-07T11:30:00+05:30", "uplink_bytes", "22196.5", "COUNT"),
                        point("2022-07-07T12:30:00+05:30", "uplink_bytes", "73748", "COUNT"),
                        point(
                            "2022-07-08T10:30:00+05:30", "downlink_bytes", "2991011980", "COUNT"))),
                Map.of("msisdn", "8020010012345", "account_id", "62c40843c7a190970912345")));
  }

  @Test
  void readsTheWholeDocumentedPercentilesInTheOrderSent() {
    alef.answer(sample("site-bandwidth-percentile.response.json"));

    var report =
        (SeriesReport)
            alef.client.siteBandwidthPercentile("a", "s", 1).between(START, END).execute();

    var uplink =
        List.of(
            point("2022-07-12T00:25:00+05:30", "uplink_bandwidth", "0.0003111608391608391", null),
            point("2022-07-11T16:00:00+05:30", "uplink_bandwidth", "0.00034236619718309855", null),
            point("2022-07-12T12:25:00+05:30", "uplink_bandwidth", "0.00034236619718309855", null),
            point("2022-07-11T18:45:00+05:30", "uplink_bandwidth", "0.00034285314685314684", null));
    var downlink =
        point("2022-07-12T14:40:00+05:30", "downlink_bandwidth", "319.57010848351644", null);
    assertThat(report)
        .isEqualTo(
            new SeriesReport(
                List.of(
                    List.of(uplink.get(0), uplink.get(1), uplink.get(2), uplink.get(3), downlink)),
                Map.of(
                    "customer_site_id",
                    "62c408aaadd8f757bf412345",
                    "account_id",
                    "62c40843c7a190970912345")));
    assertThat(report.percentiles(Metric.UPLINK_BANDWIDTH)).isEqualTo(uplink);
    assertThat(report.percentiles(Metric.DOWNLINK_BANDWIDTH)).containsExactly(downlink);
    assertThat(report.series(Metric.UPLINK_BANDWIDTH, Aggregation.AVG)).isEmpty();
  }

  @Test
  void readsTheWholeDocumentedStatisticsAndFindsEachSeries() {
    alef.answer(sample("site-bandwidth-statistics.response.json"));

    var report =
        (SeriesReport) alef.client.siteBandwidthStatistics("a", "s").between(START, END).execute();

    assertThat(report)
        .isEqualTo(
            new SeriesReport(
                List.of(
                    statistics("downlink_bandwidth", "AVG", "280894.13", "4578.01", "3673.39"),
                    statistics("uplink_bandwidth", "AVG", "322238.82", "7025.94", "6452.01"),
                    statistics("downlink_bandwidth", "MIN", "28089.13", "457.01", "367.39"),
                    statistics("uplink_bandwidth", "MIN", "32223.82", "702.94", "645.01"),
                    statistics("downlink_bandwidth", "MAX", "380894.13", "5578.01", "4673.39"),
                    statistics("uplink_bandwidth", "MAX", "422238.82", "8025.94", "7452.01")),
                Map.of(
                    "customer_site_id",
                    "628f12886f8307435f7b7c59",
                    "account_id",
                    "62a06a1866a8e6620bcd4bdd")));
    assertThat(report.series(Metric.UPLINK_BANDWIDTH, Aggregation.MIN))
        .isEqualTo(statistics("uplink_bandwidth", "MIN", "32223.82", "702.94", "645.01"));
    assertThat(report.series(Metric.of("downlink_bandwidth"), Aggregation.of("MAX")))
        .isEqualTo(statistics("downlink_bandwidth", "MAX", "380894.13", "5578.01", "4673.39"));
    assertThat(report.series(Metric.UPLINK_BYTES, Aggregation.MIN)).isEmpty();
    assertThat(report.percentiles(Metric.UPLINK_BANDWIDTH)).isEmpty();
  }

  @Test
  void readsTheWholeDocumentedBandwidthOfNow() {
    alef.answer(sample("site-bandwidth-now.response.json"));

    assertThat(alef.client.siteBandwidthNow("a", "s").execute())
        .isEqualTo(
            new SnapshotReport(
                OffsetDateTime.parse("2022-07-12T09:08:48+00:00"),
                OffsetDateTime.parse("2022-07-12T09:13:48+00:00"),
                Map.of(
                    "downlink_bandwidth",
                    new BigDecimal("283.9409664"),
                    "uplink_bandwidth",
                    new BigDecimal("4.1809904")),
                Map.of(
                    "customer_site_id",
                    "62c408aaadd8f757bf412345",
                    "account_id",
                    "62c40843c7a190970912345")));
  }

  @Test
  void readsTheWholeDocumentedGreatestBandwidths() {
    alef.answer(sample("max-bandwidth-by-imsi.response.json"));
    alef.answer(sample("max-bandwidth-by-msisdn.response.json"));
    var start = OffsetDateTime.parse("2022-06-22T09:37:45+00:00");
    var end = OffsetDateTime.parse("2022-06-22T09:42:45+00:00");
    var metrics =
        Map.of(
            "downlink_bandwidth",
            new BigDecimal("3.11"),
            "uplink_bandwidth",
            new BigDecimal("4.89"));

    assertThat(alef.client.maxBandwidthByImsi("a", "1").execute())
        .isEqualTo(
            new SnapshotReport(
                start,
                end,
                metrics,
                Map.of("imsi", "310550000010232", "account_id", "62a06a1866a8e6620bcd4bdd")));
    assertThat(alef.client.maxBandwidthByMsisdn("a", "1").execute())
        .isEqualTo(
            new SnapshotReport(
                start,
                end,
                metrics,
                Map.of("msisdn", "8120012300987", "account_id", "62a06a1866a8e6620bcd4bdd")));
  }

  @Test
  void readsMembersInAnyOrder() {
    alef.answer(
        """
        {"account_id": "a", "msisdn": 8020010012345, "result": [[
          {"aggregation_type": "COUNT", "value": 1, "surprise": [{}], "name": "uplink_bytes",
           "time_stamp": "2022-07-07T04:00:00Z"}]]}
        """);
    alef.answer(
        """
        {"uplink_bandwidth": 1.5, "account_id": "a", "end_time": "2022-06-22T09:42:45Z",
         "start_time": "2022-06-22T09:37:45Z"}
        """);

    assertThat(byteUsage().execute())
        .isEqualTo(
            new SeriesReport(
                List.of(List.of(point("2022-07-07T04:00:00Z", "uplink_bytes", "1", "COUNT"))),
                Map.of("account_id", "a", "msisdn", "8020010012345")));
    assertThat(alef.client.siteBandwidthNow("a", "s").execute())
        .isEqualTo(
            new SnapshotReport(
                OffsetDateTime.parse("2022-06-22T09:37:45Z"),
                OffsetDateTime.parse("2022-06-22T09:42:45Z"),
                Map.of("uplink_bandwidth", new BigDecimal("1.5")),
                Map.of("account_id", "a")));
  }

  @Test
  void detectsTheShapeFromTheContent() {
    alef.answer("{\"result\": [], \"start_time\": \"whenever\"}");
    alef.answer(
        "{\"start_time\": \"2022-06-22T09:37:45Z\", \"end_time\": \"2022-06-22T09:42:45Z\"}");

    assertThat(alef.client.siteBandwidthNow("a", "s").execute())
        .isEqualTo(new SeriesReport(List.of(), Map.of("start_time", "whenever")));
    assertThat(alef.client.accountTimeUsage("a").between(START, END).execute())
        .isInstanceOf(SnapshotReport.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "310550000010232                  | 310550000010232",
        "9223372036854775808              | 9223372036854775808",
        "89445000000000000012345          | 89445000000000000012345",
        "1.50                             | 1.50",
        "1e3                              | 1e3",
        "\"0445\"                         | 0445",
        "true                             | true",
        "[8020010012345, \"x\"]           | [8020010012345, \"x\"]",
        "{\"mcc\": 310}                   | {\"mcc\": 310}",
      })
  void keepsTheTextOfDimensions(String value, String text) {
    alef.answer("{\"result\": [], \"imsi\": " + value + ", \"ue_ip\": null}");
    alef.answer(snapshot("\"imsi\": " + value + ", \"ue_ip\": null"));

    assertThat(byteUsage().execute().dimensions()).isEqualTo(Map.of("imsi", text));
    assertThat(online().execute().dimensions()).isEqualTo(Map.of("imsi", text));
  }

  @Test
  void readsRequestedNumbersAsMetrics() {
    alef.answer(
        snapshot(
            """
            "ue_online_status": "YES", "ue_connections": "3", "jitter": 0.50, "packet_loss": 7,
            "packet_latency": null"""));
    var request =
        alef.client
            .report()
            .window(TimeWindow.NOW)
            .metric(Metric.UE_ONLINE_STATUS, Aggregation.EXISTS)
            .metric(Metric.UE_CONNECTIONS, Aggregation.MAX)
            .metric(Metric.JITTER, Aggregation.AVG)
            .metric(Metric.PACKET_LATENCY, Aggregation.AVG)
            .metric(Metric.UPLINK_BANDWIDTH, Aggregation.AVG);

    var report = (SnapshotReport) request.execute();

    assertThat(report.metrics())
        .isEqualTo(Map.of("ue_connections", new BigDecimal("3"), "jitter", new BigDecimal("0.50")));
    assertThat(report.dimensions())
        .isEqualTo(Map.of("ue_online_status", "YES", "packet_loss", "7"));
    assertThat(report.metric(Metric.JITTER)).contains(new BigDecimal("0.50"));
    assertThat(report.metric(Metric.PACKET_LATENCY)).isEmpty();
    assertThat(report.metric(Metric.UPLINK_BANDWIDTH)).isEmpty();
    assertThat(report.aggregations())
        .containsEntry("jitter", Aggregation.AVG)
        .containsEntry("ue_online_status", Aggregation.EXISTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"jitter\": 1                                    | nothing | $.uplink_bytes",
        "\"uplink_bytes\": null                           | null    | $.uplink_bytes",
        "\"uplink_bytes\": \"many\"                       | many    | $.uplink_bytes",
        "\"uplink_bytes\": -1                             | -1      | $.uplink_bytes",
        "\"uplink_bytes\": [1]                            | [1]     | $.uplink_bytes",
        "\"uplink_bytes\": 1, \"uplink_bytes\": 2         | another | $.uplink_bytes",
        "\"uplink_bytes\": 1, \"x\": null, \"x\": null    | another | $.x",
        "\"uplink_bytes\": 1, \"start_time\": \"2022-06-22T09:37:45Z\" | another | $.start_time",
      })
  void refusesAnIncompleteSnapshot(String members, String found, String path) {
    alef.answer(snapshot(members));

    var failure =
        failureOf(
            alef.client
                .report()
                .window(TimeWindow.NOW)
                .metric(Metric.UPLINK_BYTES, Aggregation.COUNT));

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure).hasMessageContaining(found).hasMessageContaining(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"noon\", \"end_time\": \"2022-06-22T09:42:45Z\"                    | noon | $.start_time",
        "null, \"end_time\": \"2022-06-22T09:42:45Z\"                        | null | $.start_time",
        "\"2022-06-22T09:37:45Z\", \"end_time\": \"2022-06-22T09:42:45\"     | 2022-06-22T09:42:45 | $.end_time",
        "\"2022-06-22T09:37:45Z\"                                            | neither | $",
      })
  void refusesASnapshotWithoutItsTimes(String startAndEnd, String found, String path) {
    alef.answer("{\"uplink_bandwidth\": 1, \"start_time\": " + startAndEnd + "}");

    var failure = failureOf(alef.client.siteBandwidthNow("a", "s"));

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure).hasMessageContaining(found).hasMessageContaining(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"value\": 1, \"name\": \"x\"                                  | time_stamp | $.result[0][1]",
        "\"value\": 1, \"time_stamp\": \"2022-07-07T04:00:00Z\"         | name       | $.result[0][1]",
        "\"name\": \"x\", \"time_stamp\": \"2022-07-07T04:00:00Z\"      | value      | $.result[0][1]",
        "\"time_stamp\": \"noon\"                                       | noon       | $.result[0][1].time_stamp",
        "\"time_stamp\": \"2022-07-07T04:00:00\"                        | a time     | $.result[0][1].time_stamp",
        "\"time_stamp\": 1657166400                                     | a time     | $.result[0][1].time_stamp",
        "\"value\": null                                                | NULL       | $.result[0][1].value",
        "\"value\": \"\"                                                | a number   | $.result[0][1].value",
        "\"value\": \"many\"                                            | many       | $.result[0][1].value",
        "\"value\": true                                                | BOOLEAN    | $.result[0][1].value",
        "\"name\": \"uplink_bytes\", \"time_stamp\": \"2022-07-07T04:00:00Z\", \"value\": -1, \"aggregation_type\": \"COUNT\" | -1 | $.result[0][1].value",
      })
  void refusesAPointItCannotReadExactly(String members, String found, String path) {
    alef.answer(
        """
        {"result": [[{"time_stamp": "2022-07-07T03:00:00Z", "name": "uplink_bytes", "value": 1},
        """
            + "{"
            + members
            + "}]]}");

    var failure = failureOf(byteUsage());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.status()).isEqualTo(200);
    assertThat(failure).hasMessageContaining(found).hasMessageEndingWith(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\": [], \"error\": {\"code\": \"INVALID\", \"message\": \"No such account\"}}",
        "{\"errorCode\": \"INVALID\", \"errorMessage\": \"No such account\"}",
      })
  void neverReadsAnErrorAsAnEmptyReport(String body) {
    alef.answer(body);

    var failure = failureOf(byteUsage());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.code()).isEqualTo("INVALID");
    assertThat(failure.providerMessage()).isEqualTo("No such account");
  }

  @Test
  void readsNumbersInTextsAndMetricsItDoesNotKnow() {
    alef.answer(
        """
        {"result": [[{"time_stamp": "2022-07-07T04:00:00.25-0800", "name": "ue_session_packets",
          "value": "22196.50", "aggregation_type": "SUM"}], [], null]}
        """);

    assertThat(byteUsage().execute())
        .isEqualTo(
            new SeriesReport(
                List.of(
                    List.of(
                        point(
                            "2022-07-07T04:00:00.25-08:00",
                            "ue_session_packets",
                            "22196.50",
                            "SUM")),
                    List.of(),
                    List.of()),
                Map.of()));
  }

  @Test
  void keepsFractionsToTheLastDigit() {
    alef.answer(
        """
        {"result": [[{"time_stamp": "2022-07-07T04:00:00Z", "name": "uplink_bytes",
          "value": 9007199254740993.00000000000000001, "aggregation_type": "COUNT"}]]}
        """);

    var report = (SeriesReport) byteUsage().execute();

    assertThat(report.result().get(0).get(0).value())
        .isEqualTo(new BigDecimal("9007199254740993.00000000000000001"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[{\"date\": \"08-07-2022\", \"physical\": 1, \"esim\": 1}] | BEGIN_ARRAY",
        "time_stamp,name,value                                      | no JSON",
        "\"time_stamp\",\"name\"                                    | STRING",
        "<html>Sign in</html>                                       | no JSON",
        "null                                                       | NULL",
        "{}                                                         | neither",
        "{\"error\": \"invalid request\"}                           | invalid request",
        "{\"result\": {}}                                           | BEGIN_OBJECT",
        "{\"result\": [{}]}                                         | BEGIN_OBJECT",
        "{\"result\": [[1]]}                                        | NUMBER",
        "{\"result\": [], \"result\": []}                           | another",
        "{\"result\": [], \"x\": 1, \"x\": 1}                       | another",
        "{\"result\": [], \"x\": [1}}                               | $",
        "{\"result\": [],                                           | $",
        "{\"result\": []}}                                          | $",
      })
  void refusesASuccessThatIsNotThePromisedAnswer(String body, String found) {
    alef.answer(body);

    var failure = failureOf(byteUsage());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure).hasMessageContaining(found).hasMessageContaining("$");
  }

  @Test
  void refusesAnEmptyAnswer() {
    alef.answer("");

    assertThat(failureOf(byteUsage()).kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
  }

  @Test
  void returnsUnmodifiableLists() {
    var point = point("2022-07-07T04:00:00Z", "uplink_bytes", "1", "COUNT");
    var dimensions = new HashMap<>(Map.of("msisdn", "1"));
    var report = new SeriesReport(List.of(List.of(point)), dimensions);
    var snapshot = new SnapshotReport(START, END, new HashMap<>(), dimensions);
    dimensions.clear();

    assertThat(report.dimensions()).containsOnlyKeys("msisdn");
    assertThat(snapshot.dimensions()).containsOnlyKeys("msisdn");
    assertThatThrownBy(() -> report.result().get(0).clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> report.dimensions().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> snapshot.metrics().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void comparesReportsByWhatAlefAnswered() {
    var hourly = new SeriesReport(List.of(), Map.of("msisdn", "1"), Granularity.HOUR);

    assertThat(hourly)
        .isEqualTo(new SeriesReport(List.of(), Map.of("msisdn", "1")))
        .hasSameHashCodeAs(new SeriesReport(List.of(), Map.of("msisdn", "1")))
        .isNotEqualTo(new SeriesReport(List.of(), Map.of("msisdn", "2")))
        .isNotEqualTo(new SeriesReport(List.of(List.of()), Map.of("msisdn", "1")));
    var snapshot = new SnapshotReport(START, END, Map.of(), Map.of());
    assertThat(snapshot)
        .isEqualTo(new SnapshotReport(START, END, Map.of(), Map.of(), Map.of("x", Aggregation.AVG)))
        .isNotEqualTo(new SnapshotReport(START, START, Map.of(), Map.of()))
        .isNotEqualTo(new SnapshotReport(END, END, Map.of(), Map.of()))
        .isNotEqualTo(new SnapshotReport(START, END, Map.of("x", BigDecimal.ONE), Map.of()))
        .isNotEqualTo(new SnapshotReport(START, END, Map.of(), Map.of("x", "1")));
  }

  private ReportRequest byteUsage() {
    return alef.client.subscriberByteUsage("a", "8020010012345").between(START, END);
  }

  private ReportRequest online() {
    return alef.client
        .report()
        .window(TimeWindow.NOW)
        .metric(Metric.UE_ONLINE_STATUS, Aggregation.EXISTS);
  }

  private static String snapshot(String members) {
    return "{\"start_time\": \"2022-06-22T09:37:45Z\", \"end_time\": \"2022-06-22T09:42:45Z\", "
        + members
        + "}";
  }

  private static List<DataPoint> timeUsage() {
    return List.of(
        point("2022-07-07T05:30:00+05:30", "time_usage_seconds", "23933.017647058823", "COUNT"),
        point("2022-07-08T05:30:00+05:30", "time_usage_seconds", "39650", "COUNT"),
        point("2022-07-09T05:30:00+05:30", "time_usage_seconds", "32366", "COUNT"));
  }

  private static List<DataPoint> statistics(
      String name, String aggregation, String first, String second, String third) {
    return List.of(
        point("2022-06-22T16:30:00+05:30", name, first, aggregation),
        point("2022-06-22T17:30:00+05:30", name, second, aggregation),
        point("2022-06-22T18:30:00+05:30", name, third, aggregation));
  }

  private static DataPoint point(String timeStamp, String name, String value, String aggregation) {
    return new DataPoint(OffsetDateTime.parse(timeStamp), name, new BigDecimal(value), aggregation);
  }
}
