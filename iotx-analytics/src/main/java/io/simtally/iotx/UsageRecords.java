package io.simtally.iotx;

import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.usage.RangeSetting;
import io.simtally.core.internal.usage.UsageConversion;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Conversion of answers into usage records. */
final class UsageRecords {
  private static final String PROVIDER = "iotx-analytics";
  private static final int LAST_SECOND_OF_A_MINUTE = 59;

  private UsageRecords() {}

  static UsageConversion conversion(String operation) {
    return new UsageConversion(PROVIDER, operation);
  }

  static RangeSetting<OffsetDateTime> range() {
    return RangeSetting.of("startDate", "endDate");
  }

  static RangeSetting<OffsetDateTime> range(OffsetDateTime startDate, OffsetDateTime endDate) {
    var range = range().withStart(startDate).withEnd(endDate);
    range.check("usageRecords()");
    return range;
  }

  /** Makes one record for each bucket of either direction, of all parts together. */
  static List<UsageRecord> byDirection(
      UsageConversion conversion, List<DataUsageByDirection> parts, String subject) {
    Preconditions.present("subject", subject);
    var uplink =
        sums(conversion, parts.stream().map(DataUsageByDirection::mobileOriginated).toList());
    var downlink =
        sums(conversion, parts.stream().map(DataUsageByDirection::mobileTerminated).toList());
    var times = new TreeSet<>(OffsetDateTime.timeLineOrder());
    times.addAll(uplink.keySet());
    times.addAll(downlink.keySet());
    var records = new ArrayList<UsageRecord>(times.size());
    for (var time : times) {
      var up = uplink.get(time);
      var down = downlink.get(time);
      var total = conversion.sum(up == null ? 0 : up, down == null ? 0 : down, time);
      records.add(
          new UsageRecord(PROVIDER, subject, time.toInstant(), null, total, up, down, null));
    }
    return Collections.unmodifiableList(records);
  }

  /** Makes one record for each bucket, of all protocols together. */
  static List<UsageRecord> byProtocol(
      UsageConversion conversion, DataUsageByNetworkProtocol usage, String subject) {
    Preconditions.present("subject", subject);
    var records = new ArrayList<UsageRecord>();
    sums(conversion, usage.content().values())
        .forEach((time, bytes) -> records.add(record(subject, time.toInstant(), null, bytes)));
    return Collections.unmodifiableList(records);
  }

  private static SortedMap<OffsetDateTime, Long> sums(
      UsageConversion conversion, Iterable<SortedMap<OffsetDateTime, Long>> all) {
    var sums = new TreeMap<OffsetDateTime, Long>(OffsetDateTime.timeLineOrder());
    for (var buckets : all) {
      buckets.forEach(
          (time, bytes) ->
              sums.merge(time, bytes, (one, other) -> conversion.sum(one, other, time)));
    }
    return sums;
  }

  /** Makes one record for each subscriber. */
  static List<UsageRecord> bySubscriber(
      UsageConversion conversion, DataUsageBySubscriber usage, RangeSetting<OffsetDateTime> range) {
    var start = start(range);
    var period = period(range);
    var records = new ArrayList<UsageRecord>(usage.subscriberDataUsage().size());
    for (var subscriber : usage.subscriberDataUsage().entrySet()) {
      if (!subscriber.getValue().isEmpty()) {
        var bytes = 0L;
        for (var count : subscriber.getValue().values()) {
          bytes = conversion.sum(bytes, count, subscriber.getKey());
        }
        records.add(record(subscriber.getKey(), start, period, bytes));
      }
    }
    var total = usage.totalDataUsage();
    if (total != null) {
      var sum = 0L;
      for (var each : records) {
        sum = conversion.sum(sum, each.totalBytes(), "all subscribers");
      }
      refuseContradiction(conversion, "subscribers", List.of(total), List.of(sum));
    }
    return Collections.unmodifiableList(records);
  }

  /** Makes one record of all addresses of all parts together, or none if there is no address. */
  static List<UsageRecord> byAddress(
      UsageConversion conversion,
      List<DataUsageByIpAddress> parts,
      String subject,
      RangeSetting<OffsetDateTime> range) {
    Preconditions.present("subject", subject);
    var start = start(range);
    var period = period(range);
    var counted =
        parts.stream()
            .filter(part -> part.totalData() != null || !part.dataUsageByIp().isEmpty())
            .toList();
    var totals = new ArrayList<Long>();
    var sums = new ArrayList<Long>();
    var whole = 0L;
    for (var part : counted) {
      var sum = bytes(conversion, part.dataUsageByIp(), start);
      whole = conversion.sum(whole, sum, start);
      var total = part.totalData();
      if (total != null) {
        totals.add(total);
        sums.add(sum);
      }
    }
    // Each total may be that of its part, or all may be that of the whole answer.
    if (!totals.equals(Collections.nCopies(counted.size(), whole))) {
      refuseContradiction(conversion, "addresses", totals, sums);
    }
    return parts.stream().allMatch(part -> part.dataUsageByIp().isEmpty())
        ? List.of()
        : List.of(record(subject, start, period, whole));
  }

  private static long bytes(
      UsageConversion conversion, Map<String, IpAddressUsage> addresses, Instant start) {
    var bytes = 0L;
    for (var address : addresses.values()) {
      bytes = conversion.sum(bytes, address.bytes(), start);
    }
    return bytes;
  }

  private static void refuseContradiction(
      UsageConversion conversion, String entries, List<Long> totals, List<Long> sums) {
    if (!totals.equals(sums)) {
      throw conversion.refused(
          "the total is "
              + words(totals)
              + " and the bytes of its "
              + entries
              + " add up to "
              + words(sums)
              + ": an entry may be missing or counted twice; the typed answer holds both");
    }
  }

  private static String words(List<Long> figures) {
    return figures.size() == 1 ? figures.get(0).toString() : figures.toString();
  }

  private static UsageRecord record(
      String subject, Instant start, @Nullable Duration period, long bytes) {
    return new UsageRecord(PROVIDER, subject, start, period, bytes, null, null, null);
  }

  /** Returns the start as it is sent, in whole seconds. */
  private static Instant start(RangeSetting<OffsetDateTime> range) {
    return wholeSeconds(range.start());
  }

  /**
   * Returns the length of a range. IoT-X does not say whether the end is included. A range to
   * {@code 23:59:59} means the whole day, so the last second of a minute is included; any other end
   * is excluded.
   */
  private static Duration period(RangeSetting<OffsetDateTime> range) {
    var end = wholeSeconds(range.end());
    var isIncluded = Math.floorMod(end.getEpochSecond(), 60) == LAST_SECOND_OF_A_MINUTE;
    return Duration.between(start(range), isIncluded ? end.plusSeconds(1) : end);
  }

  private static Instant wholeSeconds(@Nullable OffsetDateTime moment) {
    return Objects.requireNonNull(moment).toInstant().truncatedTo(ChronoUnit.SECONDS);
  }
}
