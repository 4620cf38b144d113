package io.simtally.iotx;

import static io.simtally.iotx.AnalyticsServer.buckets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

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
  void namesTheSubscribers() {
    var usage = new LinkedHashMap<String, SortedMap<OffsetDateTime, Long>>();
    usage.put("447500000001", buckets("2016-12-06T10:30:00Z", 2182, "2016-12-06T11:00:00Z", 1));
    usage.put("447500000002", buckets());
    usage.put("447500000003", buckets("2016-12-06T10:30:00Z", 1735));

    assertThat(new DataUsageBySubscriber(usage, 3918L).usageRecords())
        .containsExactly(
            record("447500000001", "2016-12-06T10:30:00Z", 2182, null, null),
            record("447500000001", "2016-12-06T11:00:00Z", 1, null, null),
            record("447500000003", "2016-12-06T10:30:00Z", 1735, null, null));
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
            99L);

    assertThat(usage.usageRecords("the company", START, START.plusDays(2)))
        .containsExactly(
            new UsageRecord(
                "iotx-analytics",
                "the company",
                Instant.parse("2016-11-30T23:00:00Z"),
                Duration.ofDays(2),
                3416,
                null,
                null,
                null));
    assertThatThrownBy(() -> usage.usageRecords("the company", START, START.minusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endDate");
  }

  @Test
  void hasNoRecordOfNothing() {
    assertThat(new DataUsageByDirection(buckets(), buckets()).usageRecords("x")).isEmpty();
    assertThat(new DataUsageBySubscriber(Map.of(), 0L).usageRecords()).isEmpty();
    assertThat(new DataUsageByNetworkProtocol(Map.of()).usageRecords("x")).isEmpty();
    assertThat(new DataUsageByIpAddress(Map.of(), 0L).usageRecords("x", START, START)).isEmpty();
  }

  @Test
  void cannotBeChanged() {
    List<UsageRecord> records =
        new DataUsageByDirection(buckets(), buckets("2016-12-16T10:00:00Z", 1)).usageRecords("x");

    assertThatThrownBy(records::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  private static UsageRecord record(
      String subject, String start, long total, Long uplink, Long downlink) {
    return new UsageRecord(
        "iotx-analytics", subject, Instant.parse(start), null, total, uplink, downlink, null);
  }
}
