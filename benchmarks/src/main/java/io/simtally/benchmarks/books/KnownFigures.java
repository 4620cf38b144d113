package io.simtally.benchmarks.books;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The figures of one carrier that the store received, now and after each earlier run: the model's
 * own ledger.
 */
final class KnownFigures {
  /** The figure of a day that no run has read. */
  static final long UNKNOWN = -1;

  private record Change(int run, int device, long before) {}

  /** The bytes by day and device. */
  private final long[][] now;

  /** The run that first read the day, by day and device. */
  private final short[][] firstRun;

  private final long[][] first;

  /** The changes of each day, in the order of the runs. */
  private final List<List<Change>> changes = new ArrayList<>();

  /** The run of {@link #plainRequests} that last asked for the day, by device and day, or -1. */
  private final short[][] lastAsked;

  KnownFigures(int devices, int days) {
    now = new long[days][devices];
    first = new long[days][devices];
    firstRun = new short[days][devices];
    lastAsked = new short[devices][days];
    for (int day = 0; day < days; day++) {
      Arrays.fill(now[day], UNKNOWN);
      Arrays.fill(firstRun[day], Short.MAX_VALUE);
      changes.add(new ArrayList<>());
    }
    for (var each : lastAsked) {
      Arrays.fill(each, (short) -1);
    }
  }

  long now(int device, int day) {
    return now[day][device];
  }

  /** Sets the figure of a day after a run. */
  void set(int device, int day, long bytes, int run) {
    var before = now[day][device];
    if (before == bytes) {
      return;
    }
    if (before == UNKNOWN) {
      first[day][device] = bytes;
      firstRun[day][device] = (short) run;
    } else {
      changes.get(day).add(new Change(run, device, before));
    }
    now[day][device] = bytes;
  }

  /** Returns the figure that was known after a run, for each device. */
  long[] after(int run, int day) {
    var figures = now[day].clone();
    var ofDay = changes.get(day);
    for (int i = ofDay.size() - 1; i >= 0 && ofDay.get(i).run() > run; i--) {
      figures[ofDay.get(i).device()] = ofDay.get(i).before();
    }
    for (int device = 0; device < figures.length; device++) {
      if (firstRun[day][device] > run) {
        figures[device] = UNKNOWN;
      }
    }
    return figures;
  }

  /** Returns the change of a day since it was first read. */
  long changeSinceFirst(int device, int day) {
    return now[day][device] == UNKNOWN ? 0 : now[day][device] - first[day][device];
  }

  long changes() {
    return changes.stream().mapToLong(List::size).sum();
  }

  /** Returns whether {@link #plainRequests} has asked for one of the days of a run. */
  boolean isKnown(int device, ModelRun run) {
    for (int day = run.from(); day < run.today(); day++) {
      if (lastAsked[device][day] >= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the number of requests of a run of a store that holds nothing back: each range of days
   * of the device that no earlier request has settled is one request.
   *
   * @param daysAtOnce the most days of a request
   */
  int plainRequests(int device, ModelRun run, int settleAfterDays, int daysAtOnce) {
    var requests = 0;
    var length = 0;
    for (int day = run.from(); day < run.today(); day++) {
      // A run of day n asks in the morning, so that a day is settled n - 1 days after its end.
      var isSettled = lastAsked[device][day] - day - 1 >= settleAfterDays;
      if (isSettled) {
        length = 0;
        continue;
      }
      lastAsked[device][day] = (short) run.today();
      requests += length == 0 ? 1 : 0;
      length = (length + 1) % daysAtOnce;
    }
    return requests;
  }
}
