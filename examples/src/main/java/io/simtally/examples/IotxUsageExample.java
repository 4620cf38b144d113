package io.simtally.examples;

import io.simtally.core.ApiException;
import io.simtally.iotx.DataUsageBySubscriber;
import io.simtally.iotx.IotxAnalytics;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Prints what each subscriber used on a day; credentials come from the environment. */
public final class IotxUsageExample {
  private IotxUsageExample() {}

  /** Takes the day, such as 2026-01-15. */
  public static void main(String... args) {
    OffsetDateTime day = LocalDate.parse(args[0]).atStartOfDay().atOffset(ZoneOffset.UTC);
    try (IotxAnalytics iotx = IotxAnalytics.fromEnv()) {
      DataUsageBySubscriber usage =
          iotx.dataUsageBySubscriber()
              .startDate(day)
              .endDate(day.plusDays(1).minusSeconds(1))
              .execute();
      usage
          .subscriberDataUsage()
          .forEach(
              (subscriber, buckets) ->
                  System.out.println(
                      subscriber
                          + " "
                          + buckets.values().stream().mapToLong(Long::longValue).sum()
                          + " bytes"));
    } catch (ApiException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
