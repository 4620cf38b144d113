package io.simtally.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.mason.MasonUsage;
import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import io.simtally.simulator.RecordedCall;
import io.simtally.simulator.Reply;
import io.simtally.simulator.Sample;
import io.simtally.simulator.mason.MasonSimulator;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user's test that needs only Mason. */
@ExtendWith(SimtallyExtension.class)
final class MasonCase {
  private static final OffsetDateTime START = OffsetDateTime.parse("2020-08-01T00:00:00Z");

  @Test
  void readsTheSample(MasonSimulator simulator, MasonUsage client) {
    simulator.next(Fault.serviceUnavailable(), Sample.SERIES_SIM);

    var days = client.seriesSimUsage("8901").start(START).end(START.plusDays(5)).execute();

    assertThat(days.items()).hasSize(5);
    assertThat(days.items().get(2).total()).isEqualTo(47_749_006);
    RecordedCall call = simulator.calls(Operation.SERIES_SIM_USAGE).get(1);
    assertThat(call.isAuthorized()).isTrue();
    assertThat(call.pathValue("iccid")).contains("8901");
    assertThat(call.pathValue("fleet")).contains("default");
  }

  @Test
  void namesOperationsAsTheClientDoes(MasonSimulator simulator, MasonUsage client) {
    simulator.on(Operation.SERIES_SIM_USAGE).next(Reply.json(403, "{}"));

    ApiException failure =
        catchThrowableOfType(
            ApiException.class,
            () -> client.seriesSimUsage("8901").start(START).end(START.plusDays(5)).execute());

    assertThat(simulator.calls().get(0).operation().map(Operation::template))
        .contains(failure.operation());
  }
}
