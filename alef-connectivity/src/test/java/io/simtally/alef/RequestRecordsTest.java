package io.simtally.alef;

import static io.simtally.alef.AlefService.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests usage records and ranges of whole days of the requests. */
class RequestRecordsTest {
  private static final DayRange DAY = DayRange.of(LocalDate.parse("2022-07-07"));

  private final AlefService alef = new AlefService();

  @AfterEach
  void stop() {
    alef.close();
  }

  private ReportRequest bytes() {
    return alef.client.subscriberByteUsage("a", "8020010012345");
  }

  @Test
  void requestsWholeDaysAndDropsTheAdjacentHours() {
    // The sample's last timestamp is 2022-07-08T05:00Z, an hour of the 8th.
    alef.answer(sample("subscriber-byte-usage.response.json"));
    alef.answer(sample("subscriber-byte-usage.response.json"));

    assertThat(bytes().days(DAY).usageRecords())
        .isEqualTo(bytes().days(DAY).usageRecordsAsync().join())
        .extracting(UsageRecord::subject, UsageRecord::start, UsageRecord::totalBytes)
        .containsExactly(
            tuple("8020010012345", Instant.parse("2022-07-07T03:00:00Z"), 73130L),
            tuple("8020010012345", Instant.parse("2022-07-07T04:00:00Z"), 73954L),
            tuple("8020010012345", Instant.parse("2022-07-07T05:00:00Z"), 22197L),
            tuple("8020010012345", Instant.parse("2022-07-07T06:00:00Z"), 73748L));
    assertThat(alef.sentBody())
        .contains(
            "\"start_date_time\":\"2022-07-07T00:00:00+00:00\","
                + "\"end_date_time\":\"2022-07-08T00:00:00+00:00\"");
  }

  @Test
  void keepsAllHoursOfAnExplicitRange() {
    alef.answer(sample("subscriber-byte-usage.response.json"));
    var start = DAY.start().atOffset(ZoneOffset.UTC);

    assertThat(bytes().days(DAY).between(start, start.plusDays(1)).usageRecords()).hasSize(5);
  }

  @Test
  void refusesADayOutsideOfUtc() {
    alef.answer(report("2022-07-08T00:00:00+05:30", "uplink_bytes", "2022-07-08T00:00:00+05:30"));

    assertThatThrownBy(bytes().granularity(Granularity.DAY).days(DAY)::usageRecords)
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE))
        .hasMessageContaining("2022-07-06T18:30:00Z");
  }

  @Test
  void refusesAReportWithoutARequestedDirection() {
    var upOnly = report("2022-07-07T05:00:00Z", "uplink_bytes", "2022-07-07T06:00:00Z");
    alef.answer(upOnly.replace("downlink_bytes", "uplink_bytes"));
    alef.answer("{\"result\": [[], []]}");

    assertThatThrownBy(bytes().days(DAY)::usageRecords)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("no value of downlink_bytes");
    assertThat(bytes().days(DAY).usageRecords()).isEmpty();
  }

  @Test
  void namesTheNarrowestRequestedSubject() {
    for (int i = 0; i < 3; i++) {
      alef.answer(sample("subscriber-byte-usage.response.json"));
    }
    var all =
        alef.client
            .report()
            .days(DAY)
            .metric(Metric.UPLINK_BYTES, Aggregation.COUNT)
            .granularity(Granularity.HOUR);

    assertThat(all.usageRecords()).extracting(UsageRecord::subject).containsOnly("*");
    assertThat(all.account("acc").usageRecords())
        .extracting(UsageRecord::subject)
        .containsOnly("acc");
    assertThat(all.account("acc").imsi("310550000010232").customerSite("s").usageRecords())
        .extracting(UsageRecord::subject)
        .containsOnly("310550000010232");
  }

  @Test
  void refusesRequestsWithoutBytesOrWithSeveralSubjects() {
    assertThatThrownBy(alef.client.accountTimeUsage("a").days(DAY)::usageRecords)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("accountTimeUsage() counts no bytes");
    assertThatThrownBy(bytes().filter("msisdn", "1", "2").days(DAY)::usageRecordsAsync)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("several values of msisdn");
    assertThatThrownBy(() -> bytes().days(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("days");
    assertThat(alef.server.getRequestCount()).isZero();
  }

  private static String report(String upStamp, String name, String downStamp) {
    return """
        {"result": [[
          {"time_stamp": "%s", "name": "%s", "value": 1, "aggregation_type": "COUNT"},
          {"time_stamp": "%s", "name": "downlink_bytes", "value": 2, "aggregation_type": "COUNT"}
        ]]}"""
        .formatted(upStamp, name, downStamp);
  }
}
