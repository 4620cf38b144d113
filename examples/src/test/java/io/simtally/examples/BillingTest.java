package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import io.simtally.simulator.Sample;
import io.simtally.simulator.junit.SimtallyExtension;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// #region testing
@ExtendWith(SimtallyExtension.class)
final class BillingTest {
  @Test
  void billsEveryByteInSpiteOfAnOutage(ThingSpaceSimulator thingSpace, ThingSpaceM2m client) {
    thingSpace.next(Fault.serviceUnavailable(), Fault.expiredSession(), Sample.USAGE_BY_DEVICE);

    long bytes = new Billing(client).bytesOf(DeviceId.eid("50684915885088839315521399821675"));

    assertThat(bytes).isEqualTo(4096 + 8192 + 4096);
    assertThat(thingSpace.calls(Operation.USAGE_HISTORY)).hasSize(3);
  }
}
// #endregion testing
