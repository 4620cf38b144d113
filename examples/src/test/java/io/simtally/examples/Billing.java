package io.simtally.examples;

import io.simtally.mason.MasonUsage;
import io.simtally.mason.Usage;
import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A user's own code, for the tests in the README. */
final class Billing {
  private final @Nullable ThingSpaceM2m thingSpace;
  private final @Nullable MasonUsage mason;

  Billing(ThingSpaceM2m thingSpace) {
    this.thingSpace = thingSpace;
    this.mason = null;
  }

  Billing(MasonUsage mason) {
    this.thingSpace = null;
    this.mason = mason;
  }

  long bytesOf(DeviceId device) {
    return Objects.requireNonNull(thingSpace)
        .usageHistory()
        .device(device)
        .earliest(Instant.parse("2020-12-01T00:00:00Z"))
        .latest(Instant.parse("2020-12-31T00:00:00Z"))
        .stream()
        .mapToLong(DailyUsage::bytesUsed)
        .sum();
  }

  long bytesOf(String iccid, LocalDate first, int days) {
    return Objects.requireNonNull(mason)
        .seriesSimUsage(iccid)
        .start(first.atStartOfDay().atOffset(ZoneOffset.UTC))
        .end(first.plusDays(days).atStartOfDay().atOffset(ZoneOffset.UTC))
        .stream()
        .mapToLong(Usage::total)
        .sum();
  }
}
