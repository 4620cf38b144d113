package io.simtally.examples.programs;

import io.simtally.core.DayRange;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.store.MonthlyUsage;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.YearMonth;

/** Prints the usage of a month over all accounts of a configuration file. */
public final class MonthOfAllCarriers {
  private MonthOfAllCarriers() {}

  // #region program
  public static void main(String... args) {
    var month = DayRange.of(YearMonth.parse(args[1]));
    try (var accounts = Accounts.fromConfig(Path.of(args[0]));
        var store = UsageStore.open(Path.of("fleet.duckdb"))) {
      var result = Sync.into(store).days(month).run(accounts);
      var usage = store.monthlyUsage(UsageQuery.days(month)).stream();
      var bytes = usage.map(MonthlyUsage::totalBytes).reduce(BigInteger.ZERO, BigInteger::add);
      System.out.println(bytes + (result.isComplete() ? " bytes" : " bytes, some are unknown"));
    }
  }
  // #endregion program
}
