package io.simtally.examples.programs;

import io.simtally.core.DayRange;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.store.DailyUsage;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import java.nio.file.Path;

/** Syncs the accounts of a configuration file, and prints the usage of each in the last week. */
public final class AccountTotals {
  private AccountTotals() {}

  // #region program
  public static void main(String... args) {
    var week = DayRange.last(7);
    try (var accounts = Accounts.fromConfig(Path.of(args[0]));
        var store = UsageStore.open(accounts.store().orElseThrow(), System.getenv())) {
      var result = Sync.into(store).days(week).run(accounts);
      for (var account : accounts.accounts()) {
        var days = store.dailyUsage(UsageQuery.days(week).account(account.name()));
        System.out.println(account.name() + " " + days.mapToLong(DailyUsage::totalBytes).sum());
      }
      System.out.println(result.isComplete() ? "complete" : "some days are unknown");
    }
  }
  // #endregion program
}
