package io.simtally.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.simulator.Operation;
import io.simtally.simulator.RecordedCall;
import io.simtally.simulator.Sample;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.hyperprecise.ThingSpaceHyperPrecise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user's test that needs only ThingSpace Hyper-Precise. */
@ExtendWith(SimtallyExtension.class)
final class HyperPreciseCase {

  @Test
  void readsTheSample(ThingSpaceSimulator simulator, ThingSpaceHyperPrecise client) {
    simulator.on(Operation.SESSION_REPORT).next(Sample.SESSION_REPORT_SEVERAL_ACCOUNTS);

    ApiException failure =
        catchThrowableOfType(
            ApiException.class,
            () ->
                client
                    .sessionReport()
                    .accountNumber(simulator.accountNumber())
                    .imei("354394080001238")
                    .execute());

    assertThat(failure.kind()).isEqualTo(ApiException.Kind.SERVER_ERROR);
    assertThat(failure.providerMessage()).isEqualTo("Device is active in several accounts");
    assertThat(Operation.SESSION_REPORT.template()).isEqualTo(failure.operation());
    assertThat(simulator.calls(Operation.SESSION_REPORT))
        .singleElement()
        .extracting(RecordedCall::isAuthorized)
        .isEqualTo(true);
  }
}
