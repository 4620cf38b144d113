package io.simtally.simulator.alef;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The hours or days of UTC of a series. Alef's page does not define them; these follow its three
 * samples: a range that starts within a bucket includes the previous bucket, and a range that ends
 * within a bucket includes all of it. The timestamp of a point is the end of its bucket.
 */
record AlefBuckets(long first, long last, long length) {
  static AlefBuckets of(AlefQuery.Range range, Duration granularity) {
    long length = granularity.toSeconds();
    long start = range.start().toEpochSecond();
    long end = range.end().toEpochSecond();
    return new AlefBuckets(
        Math.floorMod(start, length) == 0 ? start + length : Math.floorDiv(start, length) * length,
        ceiling(end, length),
        length);
  }

  /** Returns the usage of each bucket by its end, without empty buckets. */
  TreeMap<Instant, List<AlefUsage>> usageOf(AlefMember member) {
    TreeMap<Instant, List<AlefUsage>> usage = new TreeMap<>();
    Instant after = Instant.ofEpochSecond(first - length);
    for (AlefUsage one : member.usage(after, Instant.ofEpochSecond(last))) {
      usage.computeIfAbsent(endOf(one), end -> new ArrayList<>()).add(one);
    }
    return usage;
  }

  private Instant endOf(AlefUsage usage) {
    return Instant.ofEpochSecond(ceiling(usage.end().getEpochSecond(), length));
  }

  private static long ceiling(long second, long length) {
    return -Math.floorDiv(-second, length) * length;
  }

  /** Returns a timestamp in the offset of the request. */
  static String printed(Instant end, AlefQuery.Range range) {
    OffsetDateTime stamp = end.atOffset(range.start().getOffset());
    return AlefAnswer.TIME.format(stamp);
  }
}
