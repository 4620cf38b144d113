package io.simtally.examples;

import io.simtally.core.ApiException;
import io.simtally.core.UsageRecord;
import io.simtally.mason.AggregateUsage;
import io.simtally.mason.MasonUsage;
import io.simtally.mason.SortDirection;
import io.simtally.mason.UsageColumn;
import java.time.YearMonth;

/** Prints the usage of each SIM in a month; credentials come from the environment. */
public final class MasonUsageExample {
  private MasonUsageExample() {}

  /** Runs with the month, for example 2026-01. */
  public static void main(String... args) {
    try (MasonUsage mason = MasonUsage.fromEnv()) {
      Iterable<AggregateUsage> sims =
          mason
              .aggregateSimUsage()
              .month(YearMonth.parse(args[0]))
              .sortBy(UsageColumn.TOTAL, SortDirection.DESCENDING);
      for (AggregateUsage row : sims) {
        UsageRecord usage = row.usageRecord();
        System.out.println(usage.subject() + " " + usage.totalBytes() + " bytes");
      }
    } catch (ApiException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
