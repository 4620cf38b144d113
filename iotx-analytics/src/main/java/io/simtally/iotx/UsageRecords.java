package io.simtally.iotx;

import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Preconditions;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The answers that count bytes, in the form all providers share. */
final class UsageRecords {
  private static final String PROVIDER = "iotx-analytics";
  private static final int LAST_SECOND_OF_A_MINUTE = 59;

  private UsageRecords() {}

  /** One record for each bucket of either direction. */
  static List<UsageRecord> of(DataUsageByDirection usage, String subject) {
    Preconditions.present("subject", subject);
    var times = new TreeSet<>(OffsetDateTime.timeLineOrder());
    times.addAll(usage.mobileOriginated().keySet());
    times.addAll(usage.mobileTerminated().keySet());
    var records = new ArrayList<UsageRecord>(times.size());
    for (var time : times) {
      var uplink = usage.mobileOriginated().get(time);
      var downlink = usage.mobileTerminated().get(time);
      var total = sum(orZero(uplink), orZero(downlink), time);
      records.add(
          new UsageRecord(
              PROVIDER, subject, time.toInstant(), null, total, uplink, downlink, null));
    }
    return Collections.unmodifiableList(records);
  }

  private static long orZero(@Nullable Long bytes) {
    return bytes == null ? 0 : bytes;
  }

  /** One record for each bucket, of all protocols together. */
  static List<UsageRecord> of(DataUsageByNetworkProtocol usage, String subject) {
    Preconditions.present("subject", subject);
    var totals = new TreeMap<OffsetDateTime, Long>(OffsetDateTime.timeLineOrder());
    for (var buckets : usage.content().values()) {
      buckets.forEach(
          (time, bytes) -> totals.merge(time, bytes, (one, other) -> sum(one, other, time)));
    }
    var records = new ArrayList<UsageRecord>(totals.size());
    totals.forEach((time, bytes) -> records.add(record(subject, time.toInstant(), null, bytes)));
    return Collections.unmodifiableList(records);
  }

  /** One record for each subscriber. */
  static List<UsageRecord> of(
      DataUsageBySubscriber usage, OffsetDateTime startDate, OffsetDateTime endDate) {
    var start = start(startDate);
    var period = period(startDate, endDate);
    var records = new ArrayList<UsageRecord>(usage.subscriberDataUsage().size());
    usage
        .subscriberDataUsage()
        .forEach(
            (subscriber, byLastConnection) -> {
              if (!byLastConnection.isEmpty()) {
                var bytes = 0L;
                for (var count : byLastConnection.values()) {
                  bytes = sum(bytes, count, subscriber);
                }
                records.add(record(subscriber, start, period, bytes));
              }
            });
    return Collections.unmodifiableList(records);
  }

  /** One record of all addresses together, or none if there is no address. */
  static List<UsageRecord> of(
      DataUsageByIpAddress usage,
      String subject,
      OffsetDateTime startDate,
      OffsetDateTime endDate) {
    Preconditions.present("subject", subject);
    var start = start(startDate);
    var period = period(startDate, endDate);
    if (usage.dataUsageByIp().isEmpty()) {
      return List.of();
    }
    var bytes = 0L;
    for (var address : usage.dataUsageByIp().values()) {
      bytes = sum(bytes, address.bytes(), start);
    }
    return List.of(record(subject, start, period, bytes));
  }

  private static UsageRecord record(
      String subject, Instant start, @Nullable Duration period, long bytes) {
    return new UsageRecord(PROVIDER, subject, start, period, bytes, null, null, null);
  }

  /** As it is sent: in whole seconds. */
  private static Instant start(OffsetDateTime startDate) {
    return Preconditions.present("startDate", startDate)
        .toInstant()
        .truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * How long a range lasts. Whether IoT-X includes the end of a range is nowhere said. Who asks to
   * {@code 23:59:59} means the whole day, so the last second of a minute is included; any other end
   * is taken as the moment behind the range.
   */
  private static Duration period(OffsetDateTime startDate, OffsetDateTime endDate) {
    Preconditions.present("endDate", endDate);
    DateSetting.ordered("usageRecords()", "startDate", startDate, "endDate", endDate);
    var end = endDate.toInstant().truncatedTo(ChronoUnit.SECONDS);
    var isIncluded = Math.floorMod(end.getEpochSecond(), 60) == LAST_SECOND_OF_A_MINUTE;
    return Duration.between(start(startDate), isIncluded ? end.plusSeconds(1) : end);
  }

  private static long sum(long one, long other, Object of) {
    try {
      return Math.addExact(one, other);
    } catch (ArithmeticException e) {
      throw new ArithmeticException("the bytes of " + of + " exceed a long");
    }
  }
}
