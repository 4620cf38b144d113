package io.simtally.iotx;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts together an answer that came in parts: what all parts say is there, once. All methods throw
 * an {@link IllegalArgumentException} if two parts give different counts for the same thing.
 */
final class Parts {
  private Parts() {}

  static SessionCount merged(SessionCount one, SessionCount other) {
    return new SessionCount(Buckets.merged(one.content(), other.content()));
  }

  static DataUsageByNetworkProtocol merged(
      DataUsageByNetworkProtocol one, DataUsageByNetworkProtocol other) {
    return new DataUsageByNetworkProtocol(byName(one.content(), other.content()));
  }

  static DataUsageBySubscriber merged(DataUsageBySubscriber one, DataUsageBySubscriber other) {
    var usage = byName(one.subscriberDataUsage(), other.subscriberDataUsage());
    return new DataUsageBySubscriber(
        usage, total(one.totalDataUsage(), other.totalDataUsage(), usage));
  }

  /** Each part may give its own total or that of the whole: only where they add up, it is known. */
  private static @Nullable Long total(
      @Nullable Long one,
      @Nullable Long other,
      Map<String, SortedMap<OffsetDateTime, Long>> usage) {
    if (one == null || other == null) {
      return null;
    }
    var counted = 0L;
    for (var buckets : usage.values()) {
      for (var count : buckets.values()) {
        counted = Math.addExact(counted, count);
      }
    }
    if (Math.addExact(one, other) != counted) {
      throw new IllegalArgumentException(
          "totals of " + one + " and " + other + " for " + counted + " in all");
    }
    return counted;
  }

  private static Map<String, SortedMap<OffsetDateTime, Long>> byName(
      Map<String, SortedMap<OffsetDateTime, Long>> one,
      Map<String, SortedMap<OffsetDateTime, Long>> other) {
    var merged = new LinkedHashMap<>(one);
    other.forEach((name, buckets) -> merged.merge(name, buckets, Buckets::merged));
    return merged;
  }
}
