package consumer;

import io.simtally.iotx.DataUsageBySubscriber;
import io.simtally.iotx.IotxAnalytics;
import java.time.OffsetDateTime;

/** Makes one call to the simulator in the environment. */
public final class Main {
  private Main() {}

  /** Prints the usage of one day. */
  public static void main(String... args) {
    OffsetDateTime day = OffsetDateTime.parse(System.getenv("DAY") + "T00:00:00Z");
    try (IotxAnalytics iotx = IotxAnalytics.fromEnv()) {
      DataUsageBySubscriber usage =
          iotx.dataUsageBySubscriber()
              .startDate(day)
              .endDate(day.plusDays(1).minusSeconds(1))
              .execute();
      System.out.println(usage.totalDataUsage() + " bytes");
    }
  }
}
