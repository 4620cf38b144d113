package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import io.simtally.simulator.Sample;
import io.simtally.simulator.junit.SimtallyExtension;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimtallyExtension.class)
final class UsageTest {
  @Test
  void countsEveryByteInSpiteOfAnOutage(ThingSpaceSimulator thingSpace, ThingSpaceM2m client) {
    thingSpace.next(Fault.serviceUnavailable(), Sample.USAGE_BY_DEVICE);

    long bytes =
        client
            .usageHistory()
            .device(DeviceId.eid("50684915885088839315521399821675"))
            .earliest(Instant.parse("2020-12-01T00:00:00Z"))
            .latest(Instant.parse("2020-12-31T00:00:00Z"))
            .stream()
            .mapToLong(DailyUsage::bytesUsed)
            .sum();

    assertEquals(4096 + 8192 + 4096, bytes);
    assertEquals(2, thingSpace.calls(Operation.USAGE_HISTORY).size());
  }
}
