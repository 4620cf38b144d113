package consumer;

import io.simtally.iotx.IotxAnalytics;
import io.simtally.simulator.carriers.Simulators;
import java.time.OffsetDateTime;
import java.util.Map;

/** Makes one call to the simulator, and one to a simulator in this module, from a named module. */
public final class Main {
  private Main() {}

  /** Prints the usage of one day, if all classes are in named modules. */
  public static void main(String... args) {
    for (Class<?> one : new Class<?>[] {Main.class, IotxAnalytics.class, Simulators.class}) {
      if (!one.getModule().isNamed()) {
        throw new IllegalStateException(one + " ran on the class path");
      }
    }
    long bytes = bytes(System.getenv());
    try (Simulators own = Simulators.start()) {
      // The same seed generates the same fleet.
      if (bytes(own.environment()) != bytes) {
        throw new IllegalStateException("The simulator in this module returns another total");
      }
    }
    System.out.println(bytes + " bytes");
  }

  private static long bytes(Map<String, String> environment) {
    OffsetDateTime day = OffsetDateTime.parse(System.getenv("DAY") + "T00:00:00Z");
    try (IotxAnalytics iotx = IotxAnalytics.fromEnv(environment)) {
      return iotx.dataUsageBySubscriber()
          .startDate(day)
          .endDate(day.plusDays(1).minusSeconds(1))
          .execute()
          .totalDataUsage();
    }
  }
}
