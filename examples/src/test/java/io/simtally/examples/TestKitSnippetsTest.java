package io.simtally.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.ApiException;
import io.simtally.core.RetryPolicy;
import io.simtally.mason.MasonUsage;
import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import io.simtally.simulator.RecordedCall;
import io.simtally.simulator.Sample;
import io.simtally.simulator.junit.SimtallyExtension;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.SimulatedDevice;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The snippets of the README's section on tests. */
final class TestKitSnippetsTest {
  private static final LocalDate FIRST_DAY = LocalDate.parse("2020-12-01");
  private static final LocalDate LAST_DAY = LocalDate.parse("2020-12-05");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2020-12-06T12:00:00Z"), ZoneOffset.UTC);

  // #region testing-3
  @RegisterExtension
  static final SimtallyExtension SIMTALLY =
      SimtallyExtension.builder()
          .thingSpace(simulator -> simulator.pageSize(2).days(FIRST_DAY, LAST_DAY).clock(CLOCK))
          .clients(client -> client.retryPolicy(RetryPolicy.none()))
          .build();

  // #endregion testing-3

  @Test
  void scriptsOneCallAndReadsWhatWasAsked(MasonSimulator mason, MasonUsage client) {
    // #region testing-2
    mason.on(Operation.SERIES_SIM_USAGE).next(Sample.SERIES_SIM);
    mason.every(2, Fault.tooManyRequests());

    long bytes = new Billing(client).bytesOf("8901", LocalDate.parse("2020-08-01"), 5);

    RecordedCall call = mason.calls(Operation.SERIES_SIM_USAGE).get(0);
    assertThat(call.isAuthorized()).isTrue();
    assertThat(call.pathValue("iccid")).contains("8901");
    assertThat(call.query("end")).contains("2020-08-06T00:00:00Z");
    // #endregion testing-2
    assertThat(bytes).isEqualTo(58_854_641L + 58_854_641 + 47_749_006 + 50_789_712 + 50_789_712);
  }

  @Test
  void setsUpTheSimulatorAndTheClients(ThingSpaceSimulator thingSpace, ThingSpaceM2m client) {
    SimulatedDevice device = thingSpace.devices().get(0);
    Billing billing = new Billing(client);

    assertThat(billing.bytesOf(new DeviceId(device.kind(), device.id()))).isPositive();
    assertThat(thingSpace.calls(Operation.USAGE_HISTORY)).hasSizeGreaterThan(1);

    thingSpace.next(Fault.serviceUnavailable());
    assertThatThrownBy(() -> billing.bytesOf(new DeviceId(device.kind(), device.id())))
        .isInstanceOf(ApiException.class);
  }
}
