package io.simtally.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.ApiException;
import io.simtally.core.RetryPolicy;
import io.simtally.mason.MasonUsage;
import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RegisteredExtensionTest {
  @RegisterExtension
  static final SimtallyExtension SIMTALLY =
      SimtallyExtension.builder()
          .size(6)
          .seed(5)
          .iotx(simulator -> simulator.token("an-iotx-token"))
          .mason(simulator -> simulator.fleet("north").sims(2))
          .alef(simulator -> simulator.account("an-account", "an-alef-key"))
          .thingSpace(simulator -> simulator.user("me", "a-word"))
          .clients(client -> client.retryPolicy(RetryPolicy.none()))
          .build();

  @Test
  void setsUpEachSimulator(
      IotxSimulator iotx, MasonSimulator mason, AlefSimulator alef, ThingSpaceSimulator space) {
    assertThat(iotx.token()).isEqualTo("an-iotx-token");
    assertThat(mason.fleet()).isEqualTo("north");
    assertThat(alef.accountId()).isEqualTo("an-account");
    assertThat(space.username()).isEqualTo("me");
    assertThat(space.devices())
        .isEqualTo(ThingSpaceSimulator.builder().devices(6).seed(5).build().devices());
  }

  @Test
  void setsUpTheClients(MasonSimulator mason, MasonUsage client) {
    mason.next(Fault.serviceUnavailable());

    assertThatThrownBy(() -> client.aggregateAccountUsage().month(YearMonth.of(2026, 1)).execute())
        .isInstanceOf(ApiException.class);
    assertThat(mason.calls(Operation.AGGREGATE_ACCOUNT_USAGE)).hasSize(1);
  }

  @Test
  @SimulatedFleet(size = 8)
  void theAnnotationHasTheLastWord(MasonSimulator mason) {
    assertThat(mason.iccids()).isEqualTo(MasonSimulator.builder().sims(8).seed(5).build().iccids());
  }

  @Test
  void refusesASeedBelowZero() {
    SimtallyExtension.Builder builder = SimtallyExtension.builder();
    assertThatThrownBy(() -> builder.seed(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("seed must not be negative, was -1");
  }
}
