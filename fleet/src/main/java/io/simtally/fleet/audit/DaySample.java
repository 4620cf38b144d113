package io.simtally.fleet.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A random sample of the settled device-days of several sources, each device-day with the same
 * chance.
 *
 * @param parts the chosen days of each source
 */
record DaySample(List<Part> parts) {
  private static final long NONE = -1;

  /**
   * The chosen days of one source.
   *
   * @param population the number of device-days of the source
   * @param stored the chosen ones, with their figures in the store
   */
  record Part(SettledDays of, long population, Map<DeviceDay, Long> stored) {}

  /** Draws a sample without replacement. Needs memory for the sample only. */
  static DaySample draw(List<SettledDays> sources, int size, long seed) {
    var counts = sources.stream().map(SettledDays::count).toList();
    var chosen = chosen(counts.stream().mapToLong(Long::longValue).sum(), size, seed);
    var parts = new ArrayList<Part>();
    var offset = 0L;
    for (var i = 0; i < sources.size(); i++) {
      var end = offset + counts.get(i);
      var days = new ArrayList<DeviceDay>();
      pick(sources.get(i), offset, chosen.subSet(offset, end), days);
      parts.add(new Part(sources.get(i), counts.get(i), sources.get(i).stored(days)));
      offset = end;
    }
    return new DaySample(parts);
  }

  private static void pick(
      SettledDays source, long start, Iterable<Long> chosen, List<DeviceDay> to) {
    var next = chosen.iterator();
    if (!next.hasNext()) {
      return;
    }
    var position = new long[] {start, next.next()};
    source.forEach(
        block -> {
          var end = position[0] + block.size();
          while (position[1] >= position[0] && position[1] < end) {
            to.add(block.day(position[1] - position[0]));
            position[1] = next.hasNext() ? next.next() : NONE;
          }
          position[0] = end;
        });
  }

  /** Returns so many different numbers below a bound, each set with the same chance (Floyd). */
  private static TreeSet<Long> chosen(long bound, int size, long seed) {
    var random = new SplittableRandom(seed);
    var numbers = new TreeSet<Long>();
    for (var last = Math.max(0, bound - size); last < bound; last++) {
      var number = random.nextLong(last + 1);
      numbers.add(numbers.contains(number) ? (Long) last : (Long) number);
    }
    return numbers;
  }
}
