package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.simtally.core.DayRange;
import io.simtally.simulator.Fault;
import io.simtally.simulator.junit.SimtallyExtension;
import io.simtally.simulator.thingspace.SimulatedDevice;
import io.simtally.simulator.thingspace.SimulatedUsage;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class OverageTest {
  private static final String IMEI = "354394080001238";

  // #region device
  @RegisterExtension
  static final SimtallyExtension SIMTALLY =
      SimtallyExtension.builder()
          .thingSpace(
              simulator ->
                  simulator.device(
                      SimulatedDevice.of("imei", IMEI),
                      SimulatedUsage.of(Instant.parse("2026-10-01T00:00:00Z"), 900),
                      SimulatedUsage.of(Instant.parse("2026-10-02T00:00:00Z"), 300)))
          .build();

  @Test
  void billsTheBytesAboveTheAllowance(ThingSpaceSimulator thingSpace, ThingSpaceM2m client) {
    thingSpace.next(Fault.disconnect(), Fault.expiredSession());

    assertEquals(200, overage(client, YearMonth.of(2026, 10), 1_000));
  }
  // #endregion device

  private static long overage(ThingSpaceM2m client, YearMonth month, long allowance) {
    long used =
        client.usageHistory(DeviceId.imei(IMEI)).days(DayRange.of(month)).stream()
            .mapToLong(DailyUsage::bytesUsed)
            .sum();
    return Math.max(0, used - allowance);
  }
}
