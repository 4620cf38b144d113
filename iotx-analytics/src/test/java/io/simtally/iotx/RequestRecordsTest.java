package io.simtally.iotx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.simtally.core.ApiException;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests usage records and ranges of whole days of the requests. */
class RequestRecordsTest extends AnalyticsServer {
  private static final DayRange DECEMBER =
      DayRange.of(LocalDate.parse("2016-12-01"), LocalDate.parse("2016-12-31"));

  @Test
  void requestsWholeDaysUntilTheirLastSecond() throws InterruptedException {
    var requests =
        List.of(
            client.dataUsage().days(DECEMBER),
            client.subscriberDataUsage(ICCID).days(DECEMBER),
            client.dataUsageBySubscriber().days(DECEMBER),
            client.sessionCount().days(DECEMBER),
            client.subscriberSessionCount(ICCID).days(DECEMBER),
            client.dataUsageByNetworkProtocol().days(DECEMBER),
            client.dataUsageByIpAddress().days(DECEMBER),
            client.subscriberDataUsageByIpAddress(ICCID).days(DECEMBER));
    for (var request : requests) {
      enqueue(200, "{\"content\": []}");
      request.execute();

      var url = server.takeRequest().getUrl();
      assertThat(url.queryParameter("startDate")).isEqualTo("2016-12-01T00:00:00+00:00");
      assertThat(url.queryParameter("endDate")).isEqualTo("2016-12-31T23:59:59+00:00");
    }
  }

  @Test
  void makesARecordOfEachSubscriberForTheRequestedDays() {
    enqueue(200, sample("data-usage-by-subscriber.json"));
    enqueue(200, sample("data-usage-by-subscriber.json"));
    var request = client.dataUsageBySubscriber().days(DECEMBER);

    assertThat(request.usageRecords())
        .isEqualTo(request.usageRecordsAsync().join())
        .extracting(UsageRecord::subject, UsageRecord::start, UsageRecord::totalBytes)
        .containsExactly(
            tuple("447500000001", DECEMBER.start(), 2182L),
            tuple("447500000003", DECEMBER.start(), 1735L),
            tuple("447500000002", DECEMBER.start(), 1212L));
    enqueue(200, sample("data-usage-by-subscriber.json"));
    assertThat(request.usageRecords())
        .extracting(UsageRecord::period)
        .containsOnly(Duration.ofDays(31));
  }

  @Test
  void dropsBucketsOfOtherDays() {
    for (int i = 0; i < 2; i++) {
      enqueue(200, sample("subscriber-data-usage.json"));
    }
    var day = DayRange.of(LocalDate.parse("2016-11-28"));

    assertThat(client.subscriberDataUsage(ICCID).days(day).usageRecords())
        .extracting(UsageRecord::subject, UsageRecord::start, UsageRecord::totalBytes)
        .containsExactly(tuple(ICCID, Instant.parse("2016-11-28T11:00:00Z"), 840L));
    assertThat(
            client
                .subscriberDataUsage(ICCID)
                .startDate(OffsetDateTime.parse("2016-11-28T00:00:00Z"))
                .endDate(OffsetDateTime.parse("2016-11-28T23:59:59Z"))
                .usageRecords())
        .hasSize(2);
  }

  @Test
  void namesTheWholeAccountWithoutARequestedSubscriber() {
    enqueue(200, sample("data-usage.json"));
    enqueue(200, sample("data-usage-network-protocol.json"));
    enqueue(200, sample("data-usage-ip-address.json"));
    enqueue(200, sample("subscriber-data-usage-ip-address.json"));

    assertThat(dataUsage().usageRecords())
        .extracting(UsageRecord::subject, UsageRecord::totalBytes)
        .containsExactly(tuple("*", 840L), tuple("*", 632L));
    assertThat(dataUsageByNetworkProtocol().usageRecords())
        .extracting(UsageRecord::subject, UsageRecord::totalBytes)
        .containsExactly(tuple("*", 132L), tuple("*", 2000L), tuple("*", 5311L), tuple("*", 6001L));
    assertThat(dataUsageByIpAddress().usageRecords())
        .extracting(UsageRecord::subject, UsageRecord::totalBytes)
        .containsExactly(tuple("*", 3416L));
    assertThat(subscriberDataUsageByIpAddress(ICCID).usageRecords())
        .extracting(UsageRecord::subject, UsageRecord::totalBytes)
        .containsExactly(tuple(ICCID, 3416L));
  }

  @Test
  void addsUpTheBucketsOfSeveralParts() {
    enqueue(
        200,
        """
        {"content": [
          {"mobileOriginated": {"2016-12-16T10:00:00Z": 1}},
          {"mobileOriginated": {"2016-12-16T10:00:00Z": 2, "2016-12-16T11:00:00Z": 4},
           "mobileTerminated": {"2016-12-16T11:00:00Z": 8}}]}""");

    assertThat(dataUsage().usageRecords())
        .extracting(UsageRecord::start, UsageRecord::uplinkBytes, UsageRecord::downlinkBytes)
        .containsExactly(
            tuple(Instant.parse("2016-12-16T10:00:00Z"), 3L, null),
            tuple(Instant.parse("2016-12-16T11:00:00Z"), 4L, 8L));
  }

  @Test
  void namesTheOperationOfASumBeyondALong() {
    enqueue(
        200,
        """
        {"content": [{"mobileOriginated": {"2016-12-16T10:00:00Z": 9223372036854775807},
          "mobileTerminated": {"2016-12-16T10:00:00Z": 1}}]}""");

    assertThatThrownBy(subscriberDataUsage(ICCID)::usageRecords)
        .isInstanceOfSatisfying(
            ApiException.class,
            failure ->
                assertThat(failure.operation()).isEqualTo("GET /analytics/data-usage/{physicalId}"))
        .hasMessageContaining("2016-12-16T10:00Z exceed a long");
  }

  @Test
  void refusesNoDaysAndNoRange() {
    assertThatThrownBy(() -> client.dataUsage().days(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("days is null");
    assertThatThrownBy(client.dataUsage()::usageRecords)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("dataUsage() needs startDate");
    assertThat(server.getRequestCount()).isZero();
  }
}
