package io.simtally.iotx;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes one answer of its parts, or of none. All methods throw an {@link IllegalArgumentException}
 * if two parts contradict each other.
 */
final class PartMerger {
  private PartMerger() {}

  static SessionCount sessionCount(List<SessionCount> parts) {
    return new SessionCount(
        CountsByTime.merged(parts.stream().map(SessionCount::content).toList()));
  }

  static DataUsageByNetworkProtocol dataUsageByNetworkProtocol(
      List<DataUsageByNetworkProtocol> parts) {
    var contents = parts.stream().map(DataUsageByNetworkProtocol::content).toList();
    return new DataUsageByNetworkProtocol(byName(contents, CountsByTime::merged));
  }

  static DataUsageBySubscriber dataUsageBySubscriber(List<DataUsageBySubscriber> parts) {
    var usages = parts.stream().map(DataUsageBySubscriber::subscriberDataUsage).toList();
    var usage = byName(usages, PartMerger::withoutRepetition);
    return new DataUsageBySubscriber(usage, total(parts, usage));
  }

  /** What two parts say of one subscriber and time is either one entry or two: nobody knows. */
  private static SortedMap<OffsetDateTime, Long> withoutRepetition(
      List<SortedMap<OffsetDateTime, Long>> all) {
    var merged = CountsByTime.merged(all);
    if (merged.size() != all.stream().mapToInt(Map::size).sum()) {
      throw new IllegalArgumentException("an entry of one of them in another one");
    }
    return merged;
  }

  /** The totals are true, so their sum is that of the entries, if they are told of all of them. */
  private static @Nullable Long total(
      List<DataUsageBySubscriber> parts, Map<String, SortedMap<OffsetDateTime, Long>> usage) {
    @Nullable Long total = null;
    for (var part : parts) {
      if (part.totalDataUsage() != null) {
        total = 0L;
      } else if (!part.subscriberDataUsage().isEmpty()) {
        return null;
      }
    }
    if (total != null) {
      for (var counts : usage.values()) {
        total = Math.addExact(total, CountsByTime.total(counts));
      }
    }
    return total;
  }

  private static Map<String, SortedMap<OffsetDateTime, Long>> byName(
      List<Map<String, SortedMap<OffsetDateTime, Long>>> parts,
      Function<List<SortedMap<OffsetDateTime, Long>>, SortedMap<OffsetDateTime, Long>> merge) {
    var all = new LinkedHashMap<String, List<SortedMap<OffsetDateTime, Long>>>();
    for (var part : parts) {
      part.forEach(
          (name, counts) -> all.computeIfAbsent(name, first -> new ArrayList<>()).add(counts));
    }
    var merged = new LinkedHashMap<String, SortedMap<OffsetDateTime, Long>>();
    all.forEach((name, several) -> merged.put(name, merge.apply(several)));
    return merged;
  }
}
