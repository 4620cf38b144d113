package io.simtally.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import io.simtally.simulator.RecordedCall;
import io.simtally.simulator.Reply;
import io.simtally.simulator.Sample;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DailyUsage;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistoryRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user's test that needs only ThingSpace M2M. */
@ExtendWith(SimtallyExtension.class)
final class M2mCase {

  @Test
  void readsTheSample(ThingSpaceSimulator simulator, ThingSpaceM2m client) {
    simulator.next(Fault.expiredSession(), Fault.cutOffBody(), Sample.USAGE_BY_DEVICE);

    long bytes = request(client).stream().mapToLong(DailyUsage::bytesUsed).sum();

    assertThat(bytes).isEqualTo(4096 + 8192 + 4096);
    assertThat(simulator.calls(Operation.USAGE_HISTORY))
        .extracting(RecordedCall::isAuthorized)
        .containsExactly(false, true, true);
    assertThat(simulator.calls(Operation.USAGE_HISTORY).get(2).field("deviceId", "kind"))
        .contains("eid");
    assertThat(simulator.calls(Operation.LOGIN)).hasSize(2);
  }

  @Test
  void namesOperationsAsTheClientDoes(ThingSpaceSimulator simulator, ThingSpaceM2m client) {
    simulator.next(Reply.json(403, "{}"));

    ApiException failure =
        catchThrowableOfType(ApiException.class, () -> request(client).execute());

    assertThat(Operation.USAGE_HISTORY.template()).isEqualTo(failure.operation());
    assertThat(simulator.calls())
        .extracting(call -> call.operation().orElseThrow())
        .containsExactly(Operation.TOKEN, Operation.LOGIN, Operation.USAGE_HISTORY);
  }

  private static UsageHistoryRequest request(ThingSpaceM2m client) {
    return client
        .usageHistory()
        .device(DeviceId.eid("50684915885088839315521399821675"))
        .earliest(Instant.parse("2020-12-01T00:00:00Z"))
        .latest(Instant.parse("2020-12-31T00:00:00Z"));
  }
}
