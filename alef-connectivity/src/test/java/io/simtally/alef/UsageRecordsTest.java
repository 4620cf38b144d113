package io.simtally.alef;

import static io.simtally.alef.AlefService.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.ApiException;
import io.simtally.core.UsageRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageRecordsTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2022-07-07T09:50:00+05:30");
  private static final OffsetDateTime END = OffsetDateTime.parse("2022-07-08T09:50:00+05:30");
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void readsTheDocumentedByteUsageInTheCommonForm() {
    try (var alef = new AlefService()) {
      alef.answer(sample("subscriber-byte-usage.response.json"));

      var report =
          alef.client.subscriberByteUsage("a", "8020010012345").between(START, END).execute();

      // The timestamps are the ends of the hours, in UTC 04:00, 05:00, 06:00, 07:00; 05:00.
      assertThat(report.usageRecords("meter 7"))
          .containsExactly(
              record("meter 7", "2022-07-07T03:00:00Z", HOUR, 73130L, null),
              record("meter 7", "2022-07-07T04:00:00Z", HOUR, 73954L, null),
              record("meter 7", "2022-07-07T05:00:00Z", HOUR, 22197L, null),
              record("meter 7", "2022-07-07T06:00:00Z", HOUR, 73748L, null),
              record("meter 7", "2022-07-08T04:00:00Z", HOUR, null, 2991011980L));
      assertThat(report.usageRecords())
          .extracting(UsageRecord::subject)
          .containsOnly("8020010012345");
    }
  }

  @Test
  void joinsTheDirectionsOfATimeWhateverTheirOrderListOrOffset() {
    var report =
        new SeriesReport(
            List.of(
                List.of(
                    down("2022-07-07T06:00:00Z", "40"),
                    down("2022-07-07T05:00:00Z", "30"),
                    point("2022-07-07T05:00:00Z", "uplink_bytes", "999", "MAX"),
                    point("2022-07-07T05:00:00Z", "uplink_bytes", "999", null),
                    point("2022-07-07T05:00:00Z", "time_usage_seconds", "999", "COUNT")),
                List.of(up("2022-07-07T10:30:00+05:30", "1"), up("2022-07-07T06:00:00Z", "2"))),
            Map.of(),
            Granularity.HOUR);

    assertThat(report.usageRecords("s"))
        .containsExactly(
            record("s", "2022-07-07T04:00:00Z", HOUR, 1L, 30L),
            record("s", "2022-07-07T05:00:00Z", HOUR, 2L, 40L));
  }

  @ParameterizedTest
  @CsvSource({
    "0.4,                    0",
    "0.5,                    1",
    "0.09,                   0",
    "0.0,                    0",
    "0E+999999999,           0",
    "1E-999999999,           0",
    "22196.5,                22197",
    "22196.49999999999999,   22196",
    "1.2E+3,                 1200",
    "9223372036854775806.5,  9223372036854775807",
  })
  @Timeout(10)
  void roundsHalfBytesUpwards(BigDecimal value, long bytes) {
    assertThat(ofUplink(value).usageRecords("s"))
        .containsExactly(record("s", "2022-07-07T04:00:00Z", HOUR, bytes, null));
  }

  @Test
  void makesTheTotalTheSumOfTheRoundedDirections() {
    var report =
        new SeriesReport(
            List.of(
                List.of(up("2022-07-07T05:00:00Z", "0.5"), down("2022-07-07T05:00:00Z", "0.5"))),
            Map.of());

    assertThat(report.usageRecords("s")).extracting(UsageRecord::totalBytes).containsExactly(2L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9223372036854775807.5", "9223372036854775808", "1E+999999999", "1E+2147483647"})
  @Timeout(10)
  void refusesCountsBeyondALong(BigDecimal value) {
    assertThatThrownBy(() -> ofUplink(value).usageRecords("s"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("the bytes of s from 2022-07-07T04:00:00Z on are more than")
        .hasMessageContaining(value.toString());
  }

  @Test
  void refusesATotalBeyondALong() {
    var report =
        new SeriesReport(
            List.of(
                List.of(
                    up("2022-07-07T05:00:00Z", "9223372036854775807"),
                    down("2022-07-07T05:00:00Z", "1"))),
            Map.of());

    assertThatThrownBy(() -> report.usageRecords("s"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("the bytes of s from 2022-07-07T05:00:00Z on are more than");
  }

  @Test
  void namesASnapshotWhoseTotalIsBeyondALong() {
    try (var alef = new AlefService()) {
      alef.answer(
          """
          {"start_time": "2022-07-12T09:08:48+00:00", "end_time": "2022-07-12T09:13:48+00:00",
           "downlink_bytes": 9223372036854775807, "uplink_bytes": 1, "msisdn": 8020010012345}""");
      var report =
          alef.client
              .report()
              .window(TimeWindow.NOW)
              .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
              .metric(Metric.DOWNLINK_BYTES, Aggregation.COUNT)
              .execute();

      assertThatThrownBy(report::usageRecords)
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("the bytes of 8020010012345 from 2022-07-12T09:08:48Z on");
    }
  }

  @Test
  void refusesAByteCountInOtherDigitsThanAscii() {
    try (var alef = new AlefService()) {
      alef.answer(
          """
          {"start_time": "2022-07-12T09:08:48+00:00", "end_time": "2022-07-12T09:13:48+00:00",
           "uplink_bytes": "١"}""");
      var request =
          alef.client
              .report()
              .window(TimeWindow.NOW)
              .metric(Metric.UPLINK_BYTES, Aggregation.COUNT);

      assertThatThrownBy(request::execute)
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("Expected a number of bytes but was ١ at path $.uplink_bytes");
    }
  }

  @Test
  void usesTheRequestedGranularityAsThePeriod() {
    var points = List.of(List.of(up("2022-07-08T05:30:00+05:30", "1")));

    assertThat(new SeriesReport(points, Map.of(), Granularity.DAY).usageRecords("s"))
        .containsExactly(record("s", "2022-07-07T00:00:00Z", Duration.ofDays(1), 1L, null));
    assertThat(new SeriesReport(points, Map.of()).usageRecords("s"))
        .containsExactly(record("s", "2022-07-08T00:00:00Z", null, 1L, null));
    assertThat(new SeriesReport(points, Map.of(), Granularity.of("WEEK")).usageRecords("s"))
        .containsExactly(record("s", "2022-07-08T00:00:00Z", null, 1L, null));
  }

  @Test
  void carriesTheGranularityOfTheRequestIntoTheReport() {
    try (var alef = new AlefService()) {
      alef.answer("{\"result\": []}");
      alef.answer("{\"result\": []}");
      var request = alef.client.subscriberByteUsage("a", "1").between(START, END);

      assertThat(((SeriesReport) request.execute()).granularity()).isEqualTo(Granularity.HOUR);
      assertThat(((SeriesReport) request.granularity(Granularity.DAY).execute()).granularity())
          .isEqualTo(Granularity.DAY);
    }
  }

  @Test
  void readsASnapshotThatCountsBytesAsOneRecord() {
    try (var alef = new AlefService()) {
      var snapshot =
          """
          {"start_time": "2022-07-12T09:08:48+00:00", "end_time": "2022-07-12T09:13:48+00:00",
           "downlink_bytes": 283.5, "uplink_bytes": 4, "imsi": 310550000010232, "account_id": "a"}
          """;
      alef.answer(snapshot);
      alef.answer(snapshot);
      var now = alef.client.report().window(TimeWindow.NOW);

      assertThat(
              now.metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
                  .metric(Metric.DOWNLINK_BYTES, Aggregation.COUNT)
                  .execute()
                  .usageRecords())
          .containsExactly(
              record("310550000010232", "2022-07-12T09:08:48Z", Duration.ofMinutes(5), 4L, 284L));
      var greatest =
          now.metric(Metric.UPLINK_BYTES, Aggregation.MAX)
              .metric(Metric.DOWNLINK_BYTES, Aggregation.AVG)
              .execute();
      assertThatThrownBy(() -> greatest.usageRecords("s"))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("COUNT");
    }
  }

  @Test
  void refusesReportsThatDoNotCountBytes() {
    try (var alef = new AlefService()) {
      alef.answer(sample("account-time-usage.response.json"));
      alef.answer(sample("site-bandwidth-now.response.json"));
      var timeUsage = alef.client.accountTimeUsage("a").between(START, END).execute();
      var bandwidth = alef.client.siteBandwidthNow("a", "s").execute();

      for (var report : List.of(timeUsage, bandwidth)) {
        assertThatThrownBy(report::usageRecords)
            .isInstanceOf(ApiException.class)
            .hasMessageContaining("does not count bytes")
            .hasMessageContaining("uplink_bytes");
        assertThatThrownBy(() -> report.usageRecords("s")).isInstanceOf(ApiException.class);
      }
    }
  }

  @Test
  void readsAReportWithoutValuesAsNoUsage() {
    assertThat(new SeriesReport(List.of(), Map.of()).usageRecords("s")).isEmpty();
    assertThat(new SeriesReport(List.of(List.of()), Map.of()).usageRecords("s")).isEmpty();
  }

  @Test
  void refusesTwoCountsOfOneTime() {
    var report =
        new SeriesReport(
            List.of(
                List.of(up("2022-07-07T05:00:00Z", "1")),
                List.of(up("2022-07-07T10:30:00+05:30", "1"))),
            Map.of());

    assertThatThrownBy(() -> report.usageRecords("s"))
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ApiException.Kind.UNREADABLE_RESPONSE);
              assertThat(failure.provider()).isEqualTo("alef-connectivity");
              assertThat(failure.operation()).isEqualTo("POST /connectivity/v1/report");
            })
        .hasMessageContaining("uplink_bytes")
        .hasMessageContaining("one subject at a time");
  }

  @Test
  void namesTheNarrowestSubjectOfTheAnswer() {
    var all =
        Map.of(
            "account_id",
            "account",
            "customer_site_id",
            "site",
            "imsi",
            "imsi",
            "msisdn",
            "msisdn");
    var points = List.of(List.of(up("2022-07-07T05:00:00Z", "1")));

    assertThat(new SeriesReport(points, all).usageRecords().get(0).subject()).isEqualTo("msisdn");
    assertThat(
            new SeriesReport(points, Map.of("account_id", "account", "customer_site_id", "site"))
                .usageRecords()
                .get(0)
                .subject())
        .isEqualTo("site");
    assertThatThrownBy(new SeriesReport(points, Map.of("ue_ip", "10.0.0.1"))::usageRecords)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("usageRecords(subject)");
  }

  private static SeriesReport ofUplink(BigDecimal value) {
    var point =
        new DataPoint(OffsetDateTime.parse("2022-07-07T05:00:00Z"), "uplink_bytes", value, "COUNT");
    return new SeriesReport(List.of(List.of(point)), Map.of(), Granularity.HOUR);
  }

  private static DataPoint up(String timeStamp, String value) {
    return point(timeStamp, "uplink_bytes", value, "COUNT");
  }

  private static DataPoint down(String timeStamp, String value) {
    return point(timeStamp, "downlink_bytes", value, "COUNT");
  }

  private static DataPoint point(String timeStamp, String name, String value, String aggregation) {
    return new DataPoint(OffsetDateTime.parse(timeStamp), name, new BigDecimal(value), aggregation);
  }

  private static UsageRecord record(
      String subject, String start, Duration period, Long uplink, Long downlink) {
    var total = (uplink == null ? 0 : uplink) + (downlink == null ? 0 : downlink);
    return new UsageRecord(
        "alef-connectivity", subject, Instant.parse(start), period, total, uplink, downlink, null);
  }
}
