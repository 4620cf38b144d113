package io.simtally.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rotation of contestants in one JVM. A disturbance affects all contestants of a round, so their
 * ratios remain valid where the absolute numbers do not.
 */
final class Rotation {
  private final Map<String, List<Slot>> slots = new LinkedHashMap<>();

  /** The average cost of one call in one turn. */
  private record Slot(double wallNanos, double cpuNanos, double bytes) {}

  /**
   * Runs the rounds.
   *
   * @param warmUpMillis the warm-up of each contestant
   * @param slotMillis the length of a turn
   */
  static Rotation run(
      String work,
      Map<String, Contestant> contestants,
      long warmUpMillis,
      int rounds,
      long slotMillis)
      throws Exception {
    check(work, contestants);
    return timed(contestants, warmUpMillis, rounds, slotMillis);
  }

  /** Runs the rounds without a comparison of the results. */
  static Rotation timed(
      Map<String, Contestant> contestants, long warmUpMillis, int rounds, long slotMillis)
      throws Exception {
    var rotation = new Rotation();
    var names = new ArrayList<>(contestants.keySet());
    for (int turn = 0; turn < 4; turn++) {
      for (var contestant : contestants.values()) {
        turn(contestant, warmUpMillis / 4);
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < names.size(); i++) {
        var name = names.get((i + round) % names.size());
        var contestant = contestants.get(name);
        if (contestant != null) {
          var slot = turn(contestant, slotMillis);
          rotation.slots.computeIfAbsent(name, unused -> new ArrayList<>()).add(slot);
        }
      }
    }
    return rotation;
  }

  static void check(String work, Map<String, Contestant> contestants) throws Exception {
    var agreement = Agreement.of(work);
    for (var contestant : contestants.entrySet()) {
      var call = contestant.getValue();
      agreement.add(contestant.getKey(), call.comparable(call.call()));
    }
  }

  private static Slot turn(Contestant contestant, long millis) throws Exception {
    var before = Meter.read();
    var end = before.wallNanos() + millis * 1_000_000;
    var calls = 0;
    do {
      contestant.call();
      calls++;
    } while (System.nanoTime() - end < 0);
    var used = Meter.read().since(before);
    return new Slot(
        (double) used.wallNanos() / calls,
        (double) used.cpuNanos() / calls,
        (double) used.allocatedBytes() / calls);
  }

  /** Returns the ratio of the CPU times of two contestants, round by round. */
  Spread cpuRatio(String one, String other) {
    return Spread.ofRatios(cpu(one), cpu(other));
  }

  /** Returns the difference of allocated bytes per call between two contestants. */
  Spread bytesMore(String one, String other) {
    var more = new ArrayList<Double>();
    for (int i = 0; i < of(one).size(); i++) {
      more.add(of(one).get(i).bytes() - of(other).get(i).bytes());
    }
    return Spread.of(more);
  }

  private List<Slot> of(String name) {
    return slots.getOrDefault(name, List.of());
  }

  private double[] cpu(String name) {
    return of(name).stream().mapToDouble(Slot::cpuNanos).toArray();
  }

  void detail(Table table, String title, String base) {
    table.detail(
        title, "contestant", "wall µs", "CPU µs", "KiB allocated", "CPU, by that of " + base);
    for (var name : slots.keySet()) {
      table.detailRow(
          name,
          Spread.of(of(name).stream().map(slot -> slot.wallNanos() / 1000).toList()),
          Spread.of(of(name).stream().map(slot -> slot.cpuNanos() / 1000).toList()),
          Spread.of(of(name).stream().map(slot -> slot.bytes() / 1024).toList()).median(),
          cpuRatio(name, base));
    }
  }
}
