package io.simtally.iotx;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merger of the parts of one answer, of any number. All methods throw an {@link
 * IllegalArgumentException} if two parts contradict each other.
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
    return new DataUsageBySubscriber(usage, total(parts));
  }

  /** Refuses an entry in two parts: it may be one entry or two. */
  private static SortedMap<OffsetDateTime, Long> withoutRepetition(
      List<SortedMap<OffsetDateTime, Long>> all) {
    var merged = CountsByTime.merged(all);
    if (merged.size() != all.stream().mapToInt(Map::size).sum()) {
      throw new IllegalArgumentException("an entry of one of them in another one");
    }
    return merged;
  }

  /**
   * Returns the total of all parts, or null if one part has none. Totals that contradict their
   * parts stay a contradiction: equal ones are the total of the whole, others are added up.
   */
  private static @Nullable Long total(List<DataUsageBySubscriber> parts) {
    var totals = new ArrayList<Long>();
    var complete = true;
    var contradicted = false;
    var sum = 0L;
    for (var part : parts) {
      var total = part.totalDataUsage();
      var bytes = bytes(part);
      sum = Math.addExact(sum, total == null ? bytes : total);
      if (total != null) {
        totals.add(total);
        contradicted |= total != bytes;
      } else {
        complete &= part.subscriberDataUsage().isEmpty();
      }
    }
    if (totals.isEmpty() || (!contradicted && !complete)) {
      return null;
    }
    return contradicted && Set.copyOf(totals).size() == 1 ? totals.get(0) : (Long) sum;
  }

  private static long bytes(DataUsageBySubscriber part) {
    var bytes = 0L;
    for (var counts : part.subscriberDataUsage().values()) {
      bytes = Math.addExact(bytes, CountsByTime.total(counts));
    }
    return bytes;
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
