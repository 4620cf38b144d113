package io.simtally.simulator;

import static io.simtally.simulator.thingspace.ThingSpaceCalls.byDevice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.mason.MasonCalls;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceCalls;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScriptTest extends SimulatorTest {
  private static final String EMPTY = "{\"hasMoreData\":false,\"usageHistory\":[]}";

  private final SteppingClock clock = new SteppingClock();
  private final ThingSpaceSimulator simulator =
      January.of(ThingSpaceSimulator.builder()).clock(clock).build();
  private final String unknownDevice = byDevice("imei", "354394080001238");
  private ThingSpaceCalls.Tokens tokens;
  private ThingSpaceCalls calls;

  @BeforeEach
  void logIn() throws Exception {
    calls = start(simulator);
    tokens = calls.logIn();
  }

  @Test
  void aReplyIsSentAsItIsWhateverIsAskedFor() throws Exception {
    simulator.next(Reply.json(EMPTY), Reply.json(418, "no JSON at all"));

    Answer answer = tokens.usage(unknownDevice);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body()).isEqualTo(EMPTY);
    Answer teapot = tokens.usage("not even an object");
    assertThat(teapot.status()).isEqualTo(418);
    assertThat(teapot.body()).isEqualTo("no JSON at all");
    assertThat(simulator.unmet()).isEmpty();
  }

  @Test
  void aSampleIsSentAsItWasPublished() throws Exception {
    simulator.next(Sample.USAGE_BY_LABEL);

    Answer answer = tokens.usage(unknownDevice);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ThingSpaceCalls.fixture("usage-by-label.response.json"));
  }

  @Test
  void aReplyWaitsForARequestWithGoodCredentialsAndSoDoesWhatComesAfterIt() throws Exception {
    simulator.next(Fault.expiredSession(), Reply.json(EMPTY), Fault.serviceUnavailable());

    tokens.usage(unknownDevice).isM2mError("REQUEST_FAILED.SessionToken.Expired");
    tokens.usage(unknownDevice).isM2mError("REQUEST_FAILED.SessionToken.Expired");
    calls
        .usage("wrong", "wrong", unknownDevice)
        .isGatewayError(401, "900901", "Invalid Credentials");
    assertThat(simulator.unmet()).hasSize(2);

    ThingSpaceCalls.Tokens renewed = calls.logIn();
    assertThat(renewed.usage(unknownDevice).body()).isEqualTo(EMPTY);
    assertThat(renewed.usage(unknownDevice).status()).isEqualTo(503);
  }

  @Test
  void aRecurringReplyIsGivenToGoodCredentialsOnly() throws Exception {
    simulator.every(1, Reply.json(EMPTY));

    assertThat(calls.usage("wrong", "wrong", unknownDevice).status()).isEqualTo(401);
    assertThat(tokens.usage(unknownDevice).body()).isEqualTo(EMPTY);
    assertThat(tokens.usage(unknownDevice).body()).isEqualTo(EMPTY);
    assertThat(simulator.unmet()).isEmpty();
  }

  @Test
  void aSampleOfAnotherOperationIsRefusedWithTheWayToScriptIt() {
    assertThatThrownBy(() -> simulator.next(Fault.disconnect(), Sample.SESSION_REPORT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Sample.SESSION_REPORT answers POST /hyper-precise/v1/report/sessions: script it with"
                + " on(Operation.SESSION_REPORT)");
    assertThat(simulator.unmet()).isEmpty();
  }

  @Test
  void eachOperationHasAScriptOfItsOwn() throws Exception {
    simulator.on(Operation.TOKEN).next(Fault.serverError(501));
    simulator.on(Operation.LOGIN).next(Fault.serverError(502));
    simulator.on(Operation.USAGE_HISTORY).next(Fault.serverError(503));
    simulator.on(Operation.SESSION_REPORT).next(Fault.serverError(504));

    assertThat(calls.token().status()).isEqualTo(501);
    assertThat(calls.login(tokens.bearer).status()).isEqualTo(502);
    assertThat(tokens.usage(unknownDevice).status()).isEqualTo(503);
    assertThat(tokens.sessionReport("{}").status()).isEqualTo(504);
    assertThat(tokens.usage(unknownDevice).status()).isEqualTo(400);
    assertThat(simulator.on(Operation.LOGIN)).isSameAs(simulator.loginFaults());
  }

  @Test
  void theScriptOfOneOperationComesBeforeThatOfAll() throws Exception {
    MasonSimulator mason = January.of(MasonSimulator.builder()).build();
    mason.next(Fault.serverError(501), Fault.serverError(502));
    mason.on(Operation.SERIES_ACCOUNT_USAGE).next(Sample.SERIES_ACCOUNT);
    String days = "series/usage?start=2026-01-01T00:00:00Z&end=2026-01-05T00:00:00Z";
    String month = "aggregate/usage?date=2026-01-01T00:00:00Z";

    try (MasonCalls masonCalls = new MasonCalls(mason)) {
      assertThat(masonCalls.get(month).status()).isEqualTo(501);
      assertThat(masonCalls.get(days).body()).isEqualTo(Sample.SERIES_ACCOUNT.json());
      assertThat(masonCalls.get(days).status()).isEqualTo(502);
      assertThat(masonCalls.get(days).status()).isEqualTo(200);
    }
  }

  @Test
  void anOperationOfAnotherProviderIsRefused() {
    assertThatThrownBy(() -> simulator.on(Operation.REPORT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ThingSpaceSimulator does not serve POST /connectivity/v1/report");
    assertThatThrownBy(() -> simulator.calls(Operation.DATA_USAGE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsWhatIsUnmetInWordsAndForgetsIt() throws Exception {
    simulator.next(Fault.expiredToken(), Sample.USAGE_BY_DEVICE, Reply.json(EMPTY));
    simulator.on(Operation.SESSION_REPORT).next(Fault.expiredSession());
    simulator.every(1, Fault.emptyBody());

    assertThat(simulator.unmet())
        .extracting(Step::toString)
        .containsExactly(
            "Fault.expiredToken", "USAGE_BY_DEVICE", "Reply.json(200)", "Fault.expiredSession");
    assertThat(simulator.clear()).isSameAs(simulator);
    assertThat(simulator.unmet()).isEqualTo(List.of());
    assertThat(tokens.usage(unknownDevice).status()).isEqualTo(400);
  }

  @Test
  void aRequestThatMeetsAStatusDoesNotKeepItsSessionAlive() throws Exception {
    String known = byDevice(simulator.devices().get(0));
    simulator.next(Fault.serviceUnavailable());
    clock.advance(Duration.ofMinutes(19));

    assertThat(tokens.usage(known).status()).isEqualTo(503);
    clock.advance(Duration.ofMinutes(2));

    tokens.usage(known).isM2mError("REQUEST_FAILED.SessionToken.Expired");
  }

  @Test
  void aStatusOfAReplyIsOneOfAnAnswer() {
    for (int status : List.of(199, 600)) {
      assertThatThrownBy(() -> Reply.json(status, "{}"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("status must be 200 to 599, was " + status);
    }
  }

  @Test
  void knowsItsAddressOnceItIsStarted() {
    ThingSpaceSimulator unstarted = January.of(ThingSpaceSimulator.builder()).build();
    assertThatThrownBy(unstarted::url)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the simulator has no server yet: call start()");
    try (SimulatorServer server = unstarted.start()) {
      assertThat(unstarted.url()).isEqualTo(server.url());
    }
  }
}
