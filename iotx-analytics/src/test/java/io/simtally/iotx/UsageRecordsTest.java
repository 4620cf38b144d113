package io.simtally.iotx;

import static io.simtally.iotx.AnalyticsServer.buckets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.ApiException;
import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageRecordsTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2016-12-01T00:00:00+01:00");

  @Test
  void joinsTheDirectionsOfABucket() {
    var usage =
        new DataUsageByDirection(
            buckets("2016-11-29T10:00:00Z", 5, "2016-11-28T11:00:00Z", 420),
            buckets("2016-11-28T12:00:00+01:00", 80, "2016-11-30T00:00:00Z", 7));

    assertThat(usage.usageRecords("89445000000000000012"))
        .containsExactly(
            record("89445000000000000012", "2016-11-28T11:00:00Z", 500, 420L, 80L),
            record("89445000000000000012", "2016-11-29T10:00:00Z", 5, 5L, null),
            record("89445000000000000012", "2016-11-30T00:00:00Z", 7, null, 7L));
  }

  @Test
  void hasARecordOfTheWholeRangeForEachSubscriber() {
    var usage = new LinkedHashMap<String, SortedMap<OffsetDateTime, Long>>();
    usage.put("447500000001", buckets("2016-12-06T10:30:00Z", 2182, "2016-12-06T11:00:00Z", 1));
    usage.put("447500000002", buckets());
    usage.put("447500000003", buckets("2016-11-01T00:00:00Z", 1735));

    assertThat(new DataUsageBySubscriber(usage, 3918L).usageRecords(START, START.plusDays(2)))
        .containsExactly(
            record("447500000001", "2016-11-30T23:00:00Z", Duration.ofDays(2), 2183),
            record("447500000003", "2016-11-30T23:00:00Z", Duration.ofDays(2), 1735));
  }

  @Test
  void countsBytesBeforeTheTimeOfTheLastConnection() {
    // Five days in five requests; the last connection of the subscriber was on the fifth.
    var answer =
        new DataUsageBySubscriber(
            Map.of("447500000001", buckets("2016-12-05T10:30Z", 1000)), 1000L);

    var records = new ArrayList<UsageRecord>();
    for (int day = 1; day <= 5; day++) {
      var midnight = OffsetDateTime.parse("2016-12-0" + day + "T00:00Z");
      records.addAll(answer.usageRecords(midnight, midnight.plusDays(1).minusSeconds(1)));
    }

    assertThat(records).extracting(UsageRecord::totalBytes).containsOnly(1000L).hasSize(5);
    assertThat(records).extracting(UsageRecord::period).containsOnly(Duration.ofDays(1));
    assertThat(records).extracting(UsageRecord::start).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "2016-12-01T00:00:00Z,      2016-12-01T23:59:59Z,           PT24H",
    "2016-12-01T00:00:00Z,      2016-12-01T23:59:59.999999999Z, PT24H",
    "2016-12-01T00:00:00Z,      2016-12-02T00:00:00Z,           PT24H",
    "2016-12-01T00:00:00+05:30, 2016-12-31T23:59:59+05:30,      PT744H",
    "2016-12-01T00:00:00.5Z,    2016-12-01T00:30:30.4Z,         PT30M30S",
    "2016-12-01T00:00:00Z,      2016-12-01T00:00:00Z,           PT0S"
  })
  void lastsAsLongAsTheRangeThatIsMeant(
      OffsetDateTime startDate, OffsetDateTime endDate, Duration period) {
    var bySubscriber =
        new DataUsageBySubscriber(Map.of("447500000001", buckets("2016-12-06T10:30Z", 1)), 1L);
    var byAddress = new DataUsageByIpAddress(Map.of("8.8.8.4", new IpAddressUsage(1, null)), 1L);

    assertThat(bySubscriber.usageRecords(startDate, endDate))
        .containsExactlyElementsOf(byAddress.usageRecords("447500000001", startDate, endDate))
        .extracting(UsageRecord::period)
        .containsExactly(period);
  }

  @Test
  void addsUpTheProtocolsOfABucket() {
    var usage =
        new DataUsageByNetworkProtocol(
            Map.of(
                "TCP", buckets("2016-12-16T10:00:00Z", 132, "2017-01-01T00:00:00Z", 2000),
                "UDP", buckets("2016-12-16T11:00:00+01:00", 5311)));

    assertThat(usage.usageRecords("the company"))
        .containsExactly(
            record("the company", "2016-12-16T10:00:00Z", 5443, null, null),
            record("the company", "2017-01-01T00:00:00Z", 2000, null, null));
  }

  @Test
  void addsUpTheAddressesOfARange() {
    var usage =
        new DataUsageByIpAddress(
            Map.of(
                "8.8.8.4", new IpAddressUsage(2182, null),
                "8.8.8.5", new IpAddressUsage(1234, "2016-12-29T10:30:00+00:00")),
            3416L);

    assertThat(usage.usageRecords("the company", START, START.plusDays(2)))
        .containsExactly(record("the company", "2016-11-30T23:00:00Z", Duration.ofDays(2), 3416));
  }

  @Test
  void namesTheInvalidSetting() {
    var byAddress = new DataUsageByIpAddress(Map.of(), 0L);
    var bySubscriber = new DataUsageBySubscriber(Map.of(), 0L);

    refuses("endDate", () -> byAddress.usageRecords("x", START, START.minusNanos(1)));
    refuses("endDate", () -> byAddress.usageRecords("x", START, null));
    refuses("startDate", () -> byAddress.usageRecords("x", null, START));
    refuses("subject", () -> byAddress.usageRecords(null, START, START));
    refuses("endDate", () -> bySubscriber.usageRecords(START, START.minusNanos(1)));
    refuses("endDate", () -> bySubscriber.usageRecords(START, null));
    refuses("startDate", () -> bySubscriber.usageRecords(null, START));
    refuses("subject", () -> new DataUsageByDirection(buckets(), buckets()).usageRecords(null));
    refuses("subject", () -> new DataUsageByNetworkProtocol(Map.of()).usageRecords(null));
  }

  private static void refuses(String setting, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(setting);
  }

  @Test
  void namesTheSubjectWithMoreBytesThanALong() {
    var most = new TreeMap<>(Map.of(START, Long.MAX_VALUE));
    var one = new TreeMap<>(Map.of(START, 1L));

    exceedsALong(
        "2016-12-01T00:00+01:00", () -> new DataUsageByDirection(most, one).usageRecords("x"));
    exceedsALong(
        "2016-12-01T00:00+01:00",
        () -> new DataUsageByNetworkProtocol(Map.of("TCP", most, "UDP", one)).usageRecords("x"));
    exceedsALong(
        "447500000001",
        () -> {
          most.put(START.plusHours(1), 1L);
          new DataUsageBySubscriber(Map.of("447500000001", most), null).usageRecords(START, START);
        });
    exceedsALong(
        "2016-11-30T23:00:00Z",
        () ->
            new DataUsageByIpAddress(
                    Map.of(
                        "8.8.8.4", new IpAddressUsage(Long.MAX_VALUE, null),
                        "8.8.8.5", new IpAddressUsage(1, null)),
                    null)
                .usageRecords("x", START, START));
  }

  private static void exceedsALong(String whose, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ApiException.Kind.UNREADABLE_RESPONSE);
              assertThat(failure.provider()).isEqualTo("iotx-analytics");
            })
        .hasMessageContaining("the bytes of " + whose + " exceed a long");
  }

  @Test
  void returnsNoRecordForAnEmptyResponse() {
    assertThat(new DataUsageByDirection(buckets(), buckets()).usageRecords("x")).isEmpty();
    assertThat(new DataUsageBySubscriber(Map.of(), 0L).usageRecords(START, START)).isEmpty();
    assertThat(new DataUsageByNetworkProtocol(Map.of()).usageRecords("x")).isEmpty();
    assertThat(new DataUsageByIpAddress(Map.of(), 0L).usageRecords("x", START, START)).isEmpty();
  }

  @Test
  void cannotBeChanged() {
    List<UsageRecord> records =
        new DataUsageByDirection(buckets(), buckets("2016-12-16T10:00:00Z", 1)).usageRecords("x");

    assertThatThrownBy(records::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  private static UsageRecord record(String subject, String start, Duration period, long total) {
    return new UsageRecord(
        "iotx-analytics", subject, Instant.parse(start), period, total, null, null, null);
  }

  private static UsageRecord record(
      String subject, String start, long total, Long uplink, Long downlink) {
    return new UsageRecord(
        "iotx-analytics", subject, Instant.parse(start), null, total, uplink, downlink, null);
  }
}
