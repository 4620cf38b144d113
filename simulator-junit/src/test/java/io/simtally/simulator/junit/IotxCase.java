package io.simtally.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import io.simtally.simulator.RecordedCall;
import io.simtally.simulator.Reply;
import io.simtally.simulator.Sample;
import io.simtally.simulator.iotx.IotxSimulator;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user's test that needs only IoT-X. */
@ExtendWith(SimtallyExtension.class)
final class IotxCase {
  private static final OffsetDateTime START = OffsetDateTime.parse("2016-12-01T00:00:00Z");

  @Test
  void readsTheSample(IotxSimulator simulator, IotxAnalytics client) {
    simulator.next(Fault.serviceUnavailable(), Fault.expiredToken(), Sample.SESSION_COUNT);

    var counts = client.sessionCount().startDate(START).endDate(START.plusMonths(2)).execute();

    assertThat(counts.content().values()).containsExactly(3L, 1L);
    assertThat(simulator.calls(Operation.SESSION_COUNT))
        .extracting(RecordedCall::isAuthorized)
        .containsExactly(true, false, true);
    assertThat(simulator.traffic().tokensIssued()).isEqualTo(2);
  }

  @Test
  void namesOperationsAsTheClientDoes(IotxSimulator simulator, IotxAnalytics client) {
    simulator
        .on(Operation.SUBSCRIBER_SESSION_COUNT)
        .next(Reply.json(404, "{\"error\":{\"code\":\"GONE\",\"message\":\"no such SIM\"}}"));

    ApiException failure =
        catchThrowableOfType(
            ApiException.class,
            () ->
                client
                    .subscriberSessionCount("447500000001")
                    .startDate(START)
                    .endDate(START.plusDays(1))
                    .execute());

    assertThat(failure.code()).isEqualTo("GONE");
    RecordedCall call = simulator.calls().get(0);
    assertThat(call.operation().map(Operation::template)).contains(failure.operation());
    assertThat(call.pathValue("physicalId")).contains("447500000001");
    assertThat(call.query("startDate")).contains("2016-12-01T00:00:00+00:00");
  }
}
