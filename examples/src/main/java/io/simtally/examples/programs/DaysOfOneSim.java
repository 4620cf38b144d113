package io.simtally.examples.programs;

import static java.util.stream.Collectors.toMap;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.DailyUsage;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;

/**
 * Prints the last seven days of one SIM from a store, and tells days without usage from days that
 * have not been read. The arguments are the store, the account and the SIM.
 */
public final class DaysOfOneSim {
  private DaysOfOneSim() {}

  // #region program
  public static void main(String... args) {
    var week = DayRange.last(7);
    try (var store = UsageStore.openReadOnly(args[0], System.getenv())) {
      var query = UsageQuery.days(week).account(args[1]).subject(args[2]);
      var read = store.coverage(query).toList();
      var bytes = store.dailyUsage(query).collect(toMap(DailyUsage::day, DailyUsage::totalBytes));
      for (var day : week.each()) {
        var isRead = read.stream().anyMatch(each -> each.days().contains(day));
        System.out.println(day + " " + (isRead ? bytes.getOrDefault(day, 0L) : "unknown"));
      }
    }
  }
  // #endregion program
}
