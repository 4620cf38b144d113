package io.simtally.examples;

import io.simtally.core.ApiException;
import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.Duration;
import java.time.Instant;

/** Prints the usage of a SIM on each of the last 30 days. */
public final class ThingSpaceUsageExample {
  private ThingSpaceUsageExample() {}

  /** Runs with the ICCID of the SIM. */
  public static void main(String... args) {
    Instant now = Instant.now();
    try (ThingSpaceM2m thingSpace = ThingSpaceM2m.fromEnv()) {
      Iterable<DailyUsage> lastDays =
          thingSpace
              .usageHistory()
              .device(DeviceId.iccid(args[0]))
              .earliest(now.minus(Duration.ofDays(30)))
              .latest(now);
      for (DailyUsage day : lastDays) {
        System.out.println(day.timestamp().toLocalDate() + " " + day.bytesUsed() + " bytes");
      }
    } catch (ApiException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
