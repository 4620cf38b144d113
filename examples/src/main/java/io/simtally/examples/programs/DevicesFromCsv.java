package io.simtally.examples.programs;

import io.simtally.core.DayRange;
import io.simtally.fleet.DevicesFile;
import io.simtally.fleet.account.Accounts;
import io.simtally.fleet.store.UsageQuery;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.sync.Sync;
import java.io.IOException;
import java.nio.file.Path;

/** Syncs the devices of a CSV file, and prints each of their days in the last week. */
public final class DevicesFromCsv {
  private DevicesFromCsv() {}

  // #region program
  public static void main(String... args) throws IOException {
    var week = DayRange.last(7);
    try (var accounts = Accounts.fromEnv().devices(DevicesFile.read(Path.of(args[0])));
        var store = UsageStore.open(Path.of("fleet.duckdb"))) {
      Sync.into(store).days(week).run(accounts);
      store
          .dailyUsage(UsageQuery.days(week))
          .map(each -> each.subject() + " " + each.day() + " " + each.totalBytes())
          .forEach(System.out::println);
    }
  }
  // #endregion program
}
