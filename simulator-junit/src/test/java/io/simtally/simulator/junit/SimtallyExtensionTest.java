package io.simtally.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.Operation;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.SimulatedDevice;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the extension like users; {@link OutcomeTest} checks the results of such tests. */
@ExtendWith(SimtallyExtension.class)
final class SimtallyExtensionTest {
  private static final Set<Object> SEEN = ConcurrentHashMap.newKeySet();

  private final ThingSpaceSimulator ofConstructor;

  SimtallyExtensionTest(ThingSpaceSimulator simulator) {
    ofConstructor = simulator;
  }

  @BeforeEach
  void isTheSameBeforeTheTest(ThingSpaceSimulator simulator) {
    assertThat(simulator).isSameAs(ofConstructor);
  }

  @AfterEach
  void isTheSameAfterTheTest(ThingSpaceSimulator simulator) {
    assertThat(simulator).isSameAs(ofConstructor);
  }

  @Test
  void bothThingSpaceClientsShareOneLogin(
      ThingSpaceSimulator simulator, ThingSpaceM2m m2m, ThingSpaceHyperPrecise hyperPrecise) {
    assertThat(simulator).isSameAs(ofConstructor);
    SimulatedDevice device = simulator.devices().get(0);

    long bytes =
        m2m
            .usageHistory()
            .device(new DeviceId(device.kind(), device.id()))
            .earliest(Instant.EPOCH)
            .latest(Instant.parse("2100-01-01T00:00:00Z"))
            .stream()
            .mapToLong(day -> day.bytesUsed())
            .sum();
    long ofSessions =
        hyperPrecise
            .sessionReport()
            .accountNumber(simulator.accountNumber())
            .imei(Objects.requireNonNull(device.idOf("imei")))
            .execute()
            .sessions()
            .stream()
            .mapToLong(session -> session.numBytes())
            .sum();

    assertThat(bytes).isPositive().isEqualTo(ofSessions);
    assertThat(simulator.calls(Operation.TOKEN)).hasSize(1);
    assertThat(simulator.calls(Operation.LOGIN)).hasSize(1);
  }

  @Test
  void aClientOfTheUsersOwnIsBuiltFromTheAddressAndTheCredentials(
      ThingSpaceSimulator simulator, ThingSpaceCredentials credentials, ThingSpaceM2m injected) {
    DeviceId device = DeviceId.imei(simulator.devices().get(0).idOf("imei"));
    try (ThingSpaceM2m own =
        ThingSpaceM2m.builder().baseUrl(simulator.url()).credentials(credentials).build()) {
      for (ThingSpaceM2m client : Set.of(own, injected)) {
        client
            .usageHistory()
            .device(device)
            .earliest(Instant.EPOCH)
            .latest(Instant.now())
            .execute();
      }
    }
    assertThat(simulator.calls(Operation.LOGIN)).hasSize(1);
  }

  @Test
  void allSimulatorsAreThoseOfTheTest(
      Simulators all,
      IotxSimulator iotx,
      MasonSimulator mason,
      AlefSimulator alef,
      ThingSpaceSimulator thingSpace) {
    assertThat(all.iotx()).isSameAs(iotx);
    assertThat(all.mason()).isSameAs(mason);
    assertThat(all.alef()).isSameAs(alef);
    assertThat(all.thingSpace()).isSameAs(thingSpace);
    assertThat(all.environment()).containsEntry("MASON_API_KEY", mason.apiKey());
  }

  @RepeatedTest(2)
  void everyRepetitionHasItsOwn() {
    assertThat(SEEN.add(ofConstructor)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two"})
  void argumentsOfParameterizedTestsComeFirst(String argument, ThingSpaceSimulator simulator) {
    assertThat(argument).isIn("one", "two");
    assertThat(SEEN.add(simulator)).isTrue();
  }

  @Test
  void fleetsHaveTenMembersByDefault(
      IotxSimulator iotx, MasonSimulator mason, AlefSimulator alef, ThingSpaceSimulator space) {
    assertThat(iotx.subscribers()).hasSize(10);
    assertThat(mason.iccids()).hasSize(10);
    assertThat(alef.subscribers()).hasSize(10);
    assertThat(space.devices()).hasSize(10);
  }

  @Test
  @SimulatedFleet(size = 3, seed = 7)
  void theAnnotationTellsSizeAndSeed(
      IotxSimulator iotx, MasonSimulator mason, AlefSimulator alef, ThingSpaceSimulator space) {
    assertThat(iotx.subscribers())
        .isEqualTo(IotxSimulator.builder().subscribers(3).seed(7).build().subscribers());
    assertThat(mason.iccids()).isEqualTo(MasonSimulator.builder().sims(3).seed(7).build().iccids());
    assertThat(alef.subscribers())
        .isEqualTo(AlefSimulator.builder().subscribers(3).seed(7).build().subscribers());
    assertThat(space.devices())
        .isEqualTo(ThingSpaceSimulator.builder().devices(3).seed(7).build().devices());
  }

  @Nested
  @SimulatedFleet(size = 4, seed = 9)
  final class OfANestedClass {

    @Test
    void sharesTheSimulatorOfTheOuterConstructor(MasonSimulator mason, ThingSpaceSimulator space) {
      assertThat(space).isSameAs(ofConstructor);
      assertThat(mason.iccids()).hasSize(4);
    }

    @Test
    @SimulatedFleet(size = 5)
    void theAnnotationOfAMethodComesFirstAndLeavesTheRestToTheClass(MasonSimulator mason) {
      assertThat(mason.iccids())
          .isEqualTo(MasonSimulator.builder().sims(5).seed(9).build().iccids());
    }

    @Nested
    final class WithinAnother {
      @Test
      void takesTheAnnotationOfTheEnclosingClass(MasonSimulator mason) {
        assertThat(mason.iccids()).hasSize(4);
      }
    }
  }
}
