package io.simtally.examples;

import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.Granularity;
import io.simtally.alef.Report;
import io.simtally.core.ApiException;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Prints the usage of a subscriber by day; credentials come from the environment. */
public final class AlefUsageExample {
  private AlefUsageExample() {}

  /** Runs with the account, the MSISDN, the first day and the day after the last. */
  public static void main(String... args) {
    try (AlefConnectivity alef = AlefConnectivity.fromEnv()) {
      Report report =
          alef.subscriberByteUsage(args[0], args[1])
              .granularity(Granularity.DAY)
              .between(
                  LocalDate.parse(args[2]).atStartOfDay().atOffset(ZoneOffset.UTC),
                  LocalDate.parse(args[3]).atStartOfDay().atOffset(ZoneOffset.UTC))
              .execute();
      report
          .usageRecords()
          .forEach(day -> System.out.println(day.start() + " " + day.totalBytes() + " bytes"));
    } catch (ApiException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
