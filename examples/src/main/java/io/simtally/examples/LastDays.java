package io.simtally.examples;

import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.Duration;
import java.time.Instant;

/** Prints a device's usage on each of the last 30 days. Credentials come from the environment. */
public final class LastDays {
  public static void main(String... args) {
    Instant now = Instant.now();
    try (ThingSpaceM2m thingSpace = ThingSpaceM2m.fromEnv()) {
      thingSpace
          .usageHistory()
          .device(DeviceId.imei(args[0]))
          .earliest(now.minus(Duration.ofDays(30)))
          .latest(now)
          .forEach(LastDays::print); // over all pages
    }
  }

  private static void print(DailyUsage day) {
    System.out.println(day.timestamp().toLocalDate() + " " + day.bytesUsed() + " bytes");
  }
}
