package io.simtally.cli.usage;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.ClosedPeriod;
import io.simtally.fleet.store.Correction;
import io.simtally.fleet.store.UsageReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The closed periods of a report, and what has changed in them since they were closed. */
public final class ClosedBooks {
  /** The number of late corrections that a report names for each period. */
  private static final int NAMED = 20;

  private ClosedBooks() {}

  /**
   * Returns one line for each closed period that has a day of the report, each followed by its late
   * corrections.
   *
   * @param accounts the accounts of the report, none for all
   */
  public static List<String> lines(UsageReader store, DayRange days, List<String> accounts) {
    var lines = new ArrayList<String>();
    for (var period : store.closedPeriods()) {
      if (period.days().overlap(days).isPresent()
          && (accounts.isEmpty() || accounts.contains(period.account()))) {
        add(store, period, lines);
      }
    }
    return lines;
  }

  private static void add(UsageReader store, ClosedPeriod period, List<String> lines) {
    var first = lines.size();
    var named = new ArrayList<String>();
    var change = BigInteger.ZERO;
    long count = 0;
    try (var late = store.lateCorrections(period)) {
      for (var each : (Iterable<Correction>) late::iterator) {
        change =
            change.add(
                BigInteger.valueOf(each.afterBytes())
                    .subtract(BigInteger.valueOf(each.beforeBytes())));
        count++;
        if (named.size() < NAMED) {
          named.add(line(each));
        }
      }
    }
    var gaps = store.gaps(period).size();
    lines.add(
        first,
        "%s, %s: closed at %s with %s bytes%s; %s"
            .formatted(
                period.account(),
                period.days(),
                period.closedAt(),
                ByteCount.grouped(period.totalBytes()),
                gaps == 0
                    ? ""
                    : ", incomplete (" + ByteCount.counted(gaps, "range") + " of days not final)",
                count == 0
                    ? "no late corrections"
                    : "%s, %s%s bytes"
                        .formatted(
                            ByteCount.counted(count, "late correction"),
                            change.signum() < 0 ? "" : "+",
                            change)));
    lines.addAll(named);
    if (count > named.size()) {
      lines.add("    and " + ByteCount.counted(count - named.size(), "more late correction"));
    }
  }

  private static String line(Correction late) {
    return "    %s %s %s: %s to %s bytes, read at %s"
        .formatted(
            late.provider(),
            late.subject(),
            late.day(),
            ByteCount.grouped(late.beforeBytes()),
            ByteCount.grouped(late.afterBytes()),
            late.noticedAt());
  }
}
