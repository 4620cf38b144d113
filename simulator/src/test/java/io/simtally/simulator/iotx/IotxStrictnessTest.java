package io.simtally.simulator.iotx;

import static io.simtally.simulator.iotx.IotxCalls.DATES;
import static io.simtally.simulator.iotx.IotxCalls.content;
import static io.simtally.simulator.iotx.IotxCalls.isError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.Answer;
import io.simtally.simulator.Fault;
import io.simtally.simulator.January;
import io.simtally.simulator.SteppingClock;
import java.time.Duration;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IotxStrictnessTest {
  private final SteppingClock clock = new SteppingClock();
  private final IotxSimulator simulator = January.of(IotxSimulator.builder()).clock(clock).build();
  private final String physicalId = simulator.subscribers().get(3).physicalId();
  @AutoClose private final IotxCalls calls = new IotxCalls(simulator);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data-usage",
        "data-usage-by-subscriber",
        "session-count",
        "data-usage-network-protocol",
        "data-usage-ip-address"
      })
  void answersTheCallsForTheCompany(String call) throws Exception {
    content(calls.company(call));
    assertThat(simulator.traffic().refusedRequests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data-usage", "session-count", "data-usage-ip-address"})
  void answersTheCallsForASubscriber(String call) throws Exception {
    content(calls.subscriber(call, physicalId));
    isError(calls.subscriber(call, "89445000000000000012"), 404, "subscriber was not found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00+00:00", // the plus not encoded, so that it is a space
        "2026-01-01T00:00:00%2B0000",
        "2026-01-01T00:00:00.000%2B00:00",
        "2026-01-01T00:00%2B00:00",
        "2026-02-30T00:00:00%2B00:00",
        "2026-01-01T00:00:00%2B19:00",
        "20260101T000000%2B00:00",
        "1767225600",
        ""
      })
  void refusesDatesInAnotherFormat(String date) throws Exception {
    isError(
        calls.get("data-usage?startDate=" + date + "&endDate=2026-01-31T00:00:00%2B00:00"),
        400,
        "startDate");
    isError(
        calls.get("session-count?endDate=" + date + "&startDate=2026-01-01T00:00:00%2B00:00"),
        400,
        "endDate");
  }

  @Test
  void refusesMissingRepeatedAndUnknownParameters() throws Exception {
    isError(
        calls.get("data-usage?startDate=2026-01-01T00:00:00-01:00"), 400, "endDate is required");
    isError(
        calls.get("data-usage?endDate=2026-01-01T00:00:00-01:00"), 400, "startDate is required");
    isError(
        calls.get("data-usage?" + DATES + "&startDate=2026-01-01T00:00:00-01:00"),
        400,
        "startDate is required, once");
    isError(calls.get("data-usage?" + DATES + "&limit=5"), 400, "limit");
    isError(calls.get("data-usage?" + DATES + "&physicalId=1"), 400, "physicalId");
    isError(
        calls.get(
            "data-usage?endDate=2026-01-01T00:00:00-01:00&startDate=2026-01-01T00:00:00-02:00"),
        400,
        "endDate is before startDate");
    assertThat(simulator.traffic().refusedRequests()).isEqualTo(6);
  }

  @Test
  void asksForTheSubscriberInThePathAndInTheQuery() throws Exception {
    String other = simulator.subscribers().get(4).physicalId();

    isError(calls.get("data-usage/" + physicalId + "?" + DATES), 400, "physicalId is required");
    isError(
        calls.get("session-count/" + physicalId + "?physicalId=" + other + "&" + DATES),
        400,
        "not the same");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data-usage/",
        "data-usage/1/2",
        "data-usage-by-subscriber/1",
        "data-usage-network-protocol/1",
        "sessions",
        "",
        "data-usage%2F1"
      })
  void knowsNoOtherPath(String path) throws Exception {
    isError(calls.get(path + "?" + DATES), 404, "nothing here");
    assertThat(simulator.traffic().unknownRequests()).isEqualTo(1);
    assertThat(simulator.traffic().usageRequests()).isZero();
  }

  @Test
  void knowsNoOtherVerb() throws Exception {
    isError(
        calls.send(
            calls.request("data-usage?" + DATES).post(RequestBody.create(new byte[0], null))),
        404,
        "nothing here");
  }

  @Test
  void asksForAToken() throws Exception {
    String target = "data-usage?" + DATES;

    isError(calls.send(calls.request(target).removeHeader("Authorization")), 401, "is needed");
    for (String header : new String[] {"wrong", "bearer x", "Basic " + simulator.token()}) {
      isError(calls.send(calls.request(target).header("Authorization", header)), 401, "is needed");
    }
    isError(
        calls.send(calls.request(target).header("Authorization", "Bearer wrong")),
        401,
        "not valid or has expired");
    isError(
        calls.send(calls.request(target).addHeader("Authorization", "Bearer " + simulator.token())),
        401,
        "is needed");
  }

  @Test
  void tokensLastFifteenMinutes() throws Exception {
    String first = simulator.issueToken();
    String second = simulator.issueToken();
    assertThat(second).isNotEqualTo(first).isNotEqualTo(simulator.token());
    assertThat(with(first).status()).isEqualTo(200);

    clock.advance(Duration.ofSeconds(898));
    assertThat(with(first).status()).isEqualTo(200);
    assertThat(with(second).status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));

    isError(with(first), 401, "expired");
    assertThat(with(simulator.issueToken()).status()).isEqualTo(200);
    assertThat(calls.company("data-usage").status()).isEqualTo(200);
    assertThat(simulator.traffic().tokensIssued()).isEqualTo(3);
  }

  @Test
  void aTokenCanBeMadeToExpire() throws Exception {
    String first = simulator.issueToken();
    String second = simulator.issueToken();
    simulator.next(Fault.expiredToken());

    isError(with(first), 401, "expired");
    isError(with(first), 401, "expired");
    assertThat(with(second).status()).isEqualTo(200);
    simulator.next(Fault.expiredToken());
    isError(calls.company("data-usage"), 401, "expired");
    assertThat(calls.company("data-usage").status()).isEqualTo(200);
    assertThatThrownBy(() -> simulator.next(Fault.expiredSession()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Answer with(String token) throws Exception {
    return calls.send(
        calls.request("session-count?" + DATES).header("Authorization", "Bearer " + token));
  }
}
