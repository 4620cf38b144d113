package io.simtally.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.alef.AlefConnectivity;
import io.simtally.alef.SnapshotReport;
import io.simtally.core.ApiException;
import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import io.simtally.simulator.RecordedCall;
import io.simtally.simulator.Reply;
import io.simtally.simulator.Sample;
import io.simtally.simulator.alef.AlefSimulator;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user's test that needs only Alef. */
@ExtendWith(SimtallyExtension.class)
final class AlefCase {

  @Test
  void readsTheSample(AlefSimulator simulator, AlefConnectivity client) {
    simulator.next(Fault.serviceUnavailable(), Sample.MAX_BANDWIDTH_BY_IMSI);

    var report = client.maxBandwidthByImsi("an-account", "310550000010232").execute();

    assertThat(((SnapshotReport) report).metrics())
        .containsEntry("uplink_bandwidth", new BigDecimal("4.89"));
    RecordedCall call = simulator.calls(Operation.REPORT).get(1);
    assertThat(call.isAuthorized()).isTrue();
    assertThat(call.field("metrics", "0", "name")).contains("uplink_bandwidth");
    assertThat(call.query("apikey")).contains(simulator.apiKey());
    assertThat(call.toString()).doesNotContain(simulator.apiKey());
  }

  @Test
  void namesOperationsAsTheClientDoes(AlefSimulator simulator, AlefConnectivity client) {
    simulator.next(Reply.json(400, "{}"));

    ApiException failure =
        catchThrowableOfType(
            ApiException.class, () -> client.siteBandwidthNow("an-account", "a-site").execute());

    assertThat(simulator.calls().get(0).operation().map(Operation::template))
        .contains(failure.operation());
  }
}
