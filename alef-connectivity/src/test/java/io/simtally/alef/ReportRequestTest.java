package io.simtally.alef;

import static io.simtally.alef.AlefService.json;
import static io.simtally.alef.AlefService.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportRequestTest {
  private static final String ACCOUNT = "62c40843c7a190970912345";
  private static final OffsetDateTime START = OffsetDateTime.parse("2022-07-07T09:50:00+05:30");
  private static final OffsetDateTime END = OffsetDateTime.parse("2022-07-08T09:50:00+05:30");

  private final AlefService alef = new AlefService();

  @AfterEach
  void stop() {
    alef.close();
  }

  static Stream<Arguments> documentedReports() {
    return Stream.of(
        documented(
            "account-time-usage",
            alef -> alef.accountTimeUsage("62c40843c7a1909709112345").between(START, END)),
        documented(
            "subscriber-time-usage",
            alef -> alef.subscriberTimeUsage(ACCOUNT, "8020010012345").between(START, END)),
        documented(
            "subscriber-byte-usage",
            alef -> alef.subscriberByteUsage(ACCOUNT, "8020010012345").between(START, END)),
        documented(
            "site-bandwidth-now",
            alef -> alef.siteBandwidthNow(ACCOUNT, "62c408aaadd8f757bf412345")),
        documented(
            "site-bandwidth-percentile",
            alef ->
                alef.siteBandwidthPercentile(ACCOUNT, "62c408aaadd8f757bf412345", 1)
                    .between(
                        OffsetDateTime.parse("2022-07-11T14:40:00+05:30"),
                        OffsetDateTime.parse("2022-08-11T14:40:00+05:30"))),
        documented(
            "max-bandwidth-by-imsi",
            alef -> alef.maxBandwidthByImsi("62b00f5695c2cd8c530548e5", "310550000010232")),
        documented(
            "max-bandwidth-by-msisdn",
            alef -> alef.maxBandwidthByMsisdn("62b00f5695c2cd8c530548e5", "8120012300987")),
        documented(
            "site-bandwidth-statistics",
            alef ->
                alef.siteBandwidthStatistics("62b00f5695c2cd8c530548e5", "628f12886f8307435f7b7c59")
                    .between(
                        OffsetDateTime.parse("2022-06-22T15:30:00+05:30"),
                        OffsetDateTime.parse("2022-06-22T18:30:00+05:30"))));
  }

  private static Arguments documented(
      String sample, Function<AlefConnectivity, ReportRequest> request) {
    return Arguments.of(sample, request);
  }

  @ParameterizedTest
  @MethodSource("documentedReports")
  void sendsTheDocumentedRequest(String sample, Function<AlefConnectivity, ReportRequest> request) {
    alef.answer("{\"result\": []}");

    request.apply(alef.client).execute();

    assertThat(json(alef.sentBody())).isEqualTo(json(sample(sample + ".request.json")));
  }

  @Test
  void sendsAPostOfJsonWithTheKeyInTheQuery() {
    alef.answer("{\"result\": []}");

    byteUsage().execute();

    var request = alef.sent();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getUrl().encodedPath()).isEqualTo("/connectivity/v1/report");
    assertThat(request.getUrl().queryParameterNames()).containsExactly("apikey");
    assertThat(request.getUrl().queryParameterValues("apikey")).containsExactly(AlefService.KEY);
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("Authorization")).isNull();
  }

  @Test
  void buildsADocumentedReportFromItsParts() {
    alef.answer("{\"result\": []}");

    alef.client
        .report()
        .between(START, END)
        .granularity(Granularity.of("HOUR"))
        .dimension("msisdn")
        .account(ACCOUNT)
        .msisdn("8020010012345")
        .metric(Metric.of("uplink_bytes"), Aggregation.of("COUNT"))
        .metric(Metric.DOWNLINK_BYTES, Aggregation.COUNT)
        .execute();

    assertThat(json(alef.sentBody())).isEqualTo(json(sample("subscriber-byte-usage.request.json")));
  }

  @Test
  void omitsUnsetOptions() {
    alef.answer("{\"result\": []}");

    alef.client
        .report()
        .window(TimeWindow.LAST_WEEK)
        .metric(Metric.UE_CONNECTIONS, Aggregation.MAX)
        .execute();

    assertThat(json(alef.sentBody()))
        .isEqualTo(
            json(
                """
                {"start_date_time": "LAST WEEK", "end_date_time": "LAST WEEK",
                 "metrics": [{"name": "ue_connections", "aggregation_type": "MAX"}]}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "2022-07-07T09:50:00+05:30,           2022-07-07T09:50:00+05:30",
    "2022-07-07T09:50:59.999999999-08:00, 2022-07-07T09:50:59-08:00",
    "2022-07-07T04:00Z,                   2022-07-07T04:00:00+00:00",
  })
  void sendsTimesWithTheOffsetGivenAndInWholeSeconds(String moment, String sent) {
    alef.answer("{\"result\": []}");
    var time = OffsetDateTime.parse(moment);

    byteUsage().between(time, time).execute();

    assertThat(alef.sentBody())
        .contains("\"start_date_time\":\"" + sent + "\"")
        .contains("\"end_date_time\":\"" + sent + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "8020010012345,             8020010012345",
    "9223372036854775808,       9223372036854775808",
    "89445000000000000012345,   89445000000000000012345",
    "0,                         0",
    "0445000000001,             \"0445000000001\"",
    "00,                        \"00\"",
    "+447500000001,             \"+447500000001\"",
    "-5,                        \"-5\"",
    "1e3,                       \"1e3\"",
    "8020 0100,                 \"8020 0100\"",
    "\u0661\u0662\u0663,        \"\u0661\u0662\u0663\"",
  })
  void writesSubscribersOfDigitsAsExactNumbersAndAllOthersAsText(String id, String written) {
    for (int i = 0; i < 3; i++) {
      alef.answer("{\"result\": []}");
    }
    var request = alef.client.report().window(TimeWindow.NOW).metric(Metric.SIM, Aggregation.COUNT);

    request.msisdn(id).execute();
    request.imsi(id).execute();
    request.filter("imsi", id).execute();

    assertThat(alef.sentBody())
        .contains("\"msisdn\"")
        .contains("\"expressions\":[" + written + "]");
    assertThat(alef.sentBody()).contains("\"imsi\"").contains("\"expressions\":[" + written + "]");
    assertThat(alef.sentBody()).contains("\"imsi\"").contains("\"expressions\":[" + written + "]");
  }

  @Test
  void writesAllOtherIdsAsTextEvenIfTheyAreDigits() {
    alef.answer("{\"result\": []}");

    byteUsage().account("12345").customerSite("67890").filter("lr_id", "1", "2").execute();

    assertThat(alef.sentBody())
        .contains("[\"12345\"]")
        .contains("[\"67890\"]")
        .contains(
            "{\"dimension_name\":\"lr_id\",\"operator\":\"EXACT\",\"expressions\":[\"1\",\"2\"]}");
  }

  @ParameterizedTest
  @CsvSource({
    "95,    95",
    "100,   100",
    "1,     1",
    "10,    10",
    "99.9,  99.9",
    "0.5,   0.5",
    "1e-3,  0.001",
  })
  void writesPercentilesWithoutTrailingZeros(double percentile, String written) {
    alef.answer("{\"result\": []}");

    alef.client
        .report()
        .window(TimeWindow.LAST_MONTH)
        .percentile(Metric.UPLINK_BANDWIDTH, percentile)
        .execute();

    assertThat(alef.sentBody()).contains("\"comparison_value\":" + written + "}");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 100.01, Double.NaN, Double.POSITIVE_INFINITY, -0.0})
  void refusesInvalidPercentiles(double percentile) {
    var request = alef.client.report();

    assertThatThrownBy(() -> request.percentile(Metric.UPLINK_BANDWIDTH, percentile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("report() percentile");
    assertThatThrownBy(() -> alef.client.siteBandwidthPercentile(ACCOUNT, "site", percentile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("siteBandwidthPercentile() percentile");
  }

  @Test
  void keepsTheLatestOfTwoSingleValues() {
    alef.answer("{\"result\": []}");

    byteUsage()
        .account("another")
        .granularity(Granularity.DAY)
        .filter("enodeb_ip", "10.0.0.1")
        .filter("enodeb_ip", "10.0.0.2", "10.0.0.3")
        .execute();

    assertThat(json(alef.sentBody()))
        .isEqualTo(
            json(
                """
                {"start_date_time": "2022-07-07T09:50:00+05:30",
                 "end_date_time": "2022-07-08T09:50:00+05:30",
                 "granularity": "DAY",
                 "dimensions": ["msisdn"],
                 "dimension_filter_clauses": [{"filters": [
                   {"dimension_name": "account_id", "operator": "EXACT", "expressions": ["another"]},
                   {"dimension_name": "msisdn", "operator": "EXACT", "expressions": [8020010012345]},
                   {"dimension_name": "enodeb_ip", "operator": "EXACT",
                    "expressions": ["10.0.0.2", "10.0.0.3"]}]}],
                 "metrics": [{"name": "uplink_bytes", "aggregation_type": "COUNT"},
                             {"name": "downlink_bytes", "aggregation_type": "COUNT"}]}
                """));
  }

  @Test
  void sendsDuplicateSettingsOnce() {
    alef.answer("{\"result\": []}");

    byteUsage().metric(Metric.UPLINK_BYTES, Aggregation.COUNT).dimension("msisdn").execute();

    assertThat(json(alef.sentBody())).isEqualTo(json(sample("subscriber-byte-usage.request.json")));
  }

  @Test
  void sendsAnotherTimeThanTheDefault() {
    alef.answer("{\"result\": []}");
    alef.answer("{\"result\": []}");

    alef.client.maxBandwidthByImsi(ACCOUNT, "310550000010232").between(START, END).execute();
    alef.client.siteBandwidthNow(ACCOUNT, "site").window(TimeWindow.LAST_HOUR).execute();

    assertThat(alef.sentBody())
        .contains("\"start_date_time\":\"2022-07-07T09:50:00+05:30\"")
        .contains("\"end_date_time\":\"2022-07-08T09:50:00+05:30\"");
    assertThat(alef.sentBody())
        .contains("\"start_date_time\":\"LAST HOUR\"")
        .contains("\"end_date_time\":\"LAST HOUR\"");
  }

  @Test
  void settersLeaveTheRequestUnchanged() {
    alef.answer("{\"result\": []}");
    var request = byteUsage();

    assertThat(request.between(END, END)).isNotSameAs(request);
    var unused =
        request.window(TimeWindow.NOW).account("x").msisdn("1").imsi("2").customerSite("3");
    unused = request.filter("a", "b").dimension("c").granularity(Granularity.DAY);
    unused = request.metric(Metric.JITTER, Aggregation.AVG).percentile(Metric.JITTER, 5);
    assertThat(unused).isNotSameAs(request);
    request.execute();

    assertThat(json(alef.sentBody())).isEqualTo(json(sample("subscriber-byte-usage.request.json")));
  }

  @Test
  void refusesIncompleteOrContradictingSettingsBeforeSending() {
    var report = alef.client.report().metric(Metric.JITTER, Aggregation.AVG);

    assertThatThrownBy(report::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("report() needs between or window");
    assertThatThrownBy(alef.client.accountTimeUsage(ACCOUNT)::executeAsync)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("accountTimeUsage() needs between or window");
    assertThatThrownBy(report.between(START, END).window(TimeWindow.NOW)::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("report()")
        .hasMessageContaining("not both");
    assertThatThrownBy(report.between(END, START)::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("report()")
        .hasMessageContaining("between start");
    assertThatThrownBy(
            report.between(START, OffsetDateTime.parse("2022-07-08T09:50:00+05:53:28"))::execute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between end");
    assertThatThrownBy(alef.client.report().between(START, END)::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("report() needs metric");
    assertThat(alef.server.getRequestCount()).isZero();
  }

  @Test
  void comparesTheRangeByItsMomentsNotByItsLocalTimes() {
    alef.answer("{\"result\": []}");

    byteUsage()
        .between(
            OffsetDateTime.parse("2022-07-07T09:50:00+05:30"),
            OffsetDateTime.parse("2022-07-07T05:00:00Z"))
        .execute();

    assertThat(alef.server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void refusesTwoValuesOfOneMetricWhereTheAnswerHoldsOne() {
    alef.answer("{\"result\": []}");
    var now = alef.client.siteBandwidthNow(ACCOUNT, "site");
    var both = now.metric(Metric.UPLINK_BANDWIDTH, Aggregation.MAX);

    assertThatThrownBy(both::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("siteBandwidthNow()")
        .hasMessageContaining("metric uplink_bandwidth")
        .hasMessageContaining("NOW");
    assertThatThrownBy(both.window(TimeWindow.of("NOW"))::execute)
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(now.percentile(Metric.UPLINK_BANDWIDTH, 95)::execute)
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            alef.client
                    .siteBandwidthPercentile(ACCOUNT, "site", 95)
                    .between(START, END)
                    .percentile(Metric.UPLINK_BANDWIDTH, 99)
                ::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("siteBandwidthPercentile() has percentile of uplink_bandwidth");
    assertThat(alef.server.getRequestCount()).isZero();

    both.between(START, END).execute();
    assertThat(alef.server.getRequestCount()).isEqualTo(1);
  }

  @Test
  @SuppressWarnings("DataFlowIssue") // A program without null checks may pass null.
  void refusesNullAndBlankSettingsByName() {
    var report = alef.client.report();

    refused("report() between start", () -> report.between(null, END));
    refused("report() between end", () -> report.between(START, null));
    refused("report() window", () -> report.window(null));
    refused("report() account", () -> report.account(" "));
    refused("report() msisdn", () -> report.msisdn(null));
    refused("report() imsi", () -> report.imsi("1\n2"));
    refused("report() customerSite", () -> report.customerSite(""));
    refused("report() filter dimension", () -> report.filter(null, "x"));
    refused("report() filter expression", () -> report.filter("enodeb_ip", "x", null));
    refused("report() filter expressions", () -> report.filter("enodeb_ip"));
    refused("report() filter expressions", () -> report.filter("enodeb_ip", (String[]) null));
    refused("report() dimension", () -> report.dimension(""));
    refused("report() granularity", () -> report.granularity(null));
    refused("report() metric", () -> report.metric(null, Aggregation.AVG));
    refused("report() aggregation", () -> report.metric(Metric.JITTER, null));
    refused("report() metric", () -> report.percentile(null, 95));
    refused("accountTimeUsage() account", () -> alef.client.accountTimeUsage(null));
    refused("subscriberByteUsage() msisdn", () -> alef.client.subscriberByteUsage("a", " "));
    refused("siteBandwidthNow() customerSite", () -> alef.client.siteBandwidthNow("a", null));
    refused("maxBandwidthByImsi() imsi", () -> alef.client.maxBandwidthByImsi("a", ""));
  }

  private static void refused(String setting, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(setting + " ");
  }

  private ReportRequest byteUsage() {
    return alef.client.subscriberByteUsage(ACCOUNT, "8020010012345").between(START, END);
  }
}
