package io.simtally.examples;

import io.simtally.core.ApiException;
import io.simtally.core.UsageRecord;
import io.simtally.iotx.DataUsageBySubscriber;
import io.simtally.iotx.IotxAnalytics;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Prints the usage of each subscriber on a day; credentials come from the environment. */
public final class IotxUsageExample {
  private IotxUsageExample() {}

  /** Runs with one argument: the day, for example 2026-01-15. */
  public static void main(String... args) {
    OffsetDateTime start = LocalDate.parse(args[0]).atStartOfDay().atOffset(ZoneOffset.UTC);
    // IoT-X does not document whether the end is included: 23:59:59 is correct in both cases.
    OffsetDateTime end = start.plusDays(1).minusSeconds(1);
    try (IotxAnalytics iotx = IotxAnalytics.fromEnv()) {
      DataUsageBySubscriber usage =
          iotx.dataUsageBySubscriber().startDate(start).endDate(end).execute();
      for (UsageRecord subscriber : usage.usageRecords(start, end)) {
        System.out.println(subscriber.subject() + " " + subscriber.totalBytes() + " bytes");
      }
    } catch (ApiException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
