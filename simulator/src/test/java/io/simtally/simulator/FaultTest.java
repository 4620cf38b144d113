package io.simtally.simulator;

import static io.simtally.simulator.thingspace.ThingSpaceCalls.byDevice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.thingspace.ThingSpaceCalls;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultTest extends SimulatorTest {
  private final ThingSpaceSimulator simulator = January.of(ThingSpaceSimulator.builder()).build();
  private final String anyUsage = byDevice(simulator.devices().get(0));
  private ThingSpaceCalls calls;
  private ThingSpaceCalls.Tokens tokens;

  @BeforeEach
  void logIn() throws Exception {
    calls = start(simulator);
    tokens = calls.logIn();
  }

  @Test
  void tooManyRequestsTellsHowLongToWaitInWholeSeconds() throws Exception {
    simulator.next(
        Fault.tooManyRequests(Duration.ofSeconds(7)),
        Fault.tooManyRequests(Duration.ofMillis(1500)),
        Fault.tooManyRequests());

    Answer seven = tokens.usage(anyUsage);
    seven.isGatewayError(429, "900800", "Message throttled out");
    assertThat(seven.headers().get("Retry-After")).isEqualTo("7");
    assertThat(tokens.usage(anyUsage).headers().get("Retry-After")).isEqualTo("2");
    Answer untold = tokens.usage(anyUsage);
    assertThat(untold.status()).isEqualTo(429);
    assertThat(untold.headers().get("Retry-After")).isNull();
    isHealthyAgain();
  }

  @Test
  void serverErrorsComeWithTheirStatus() throws Exception {
    simulator.next(
        Fault.serviceUnavailable(),
        Fault.serviceUnavailable(Duration.ofSeconds(3)),
        Fault.serverError(502));

    assertThat(tokens.usage(anyUsage).status()).isEqualTo(503);
    Answer waiting = tokens.usage(anyUsage);
    assertThat(waiting.status()).isEqualTo(503);
    assertThat(waiting.headers().get("Retry-After")).isEqualTo("3");
    assertThat(tokens.usage(anyUsage).status()).isEqualTo(502);
    isHealthyAgain();
  }

  @Test
  void anHtmlErrorIsNoJson() throws Exception {
    simulator.next(Fault.htmlError(502), Fault.htmlError(200));

    Answer badGateway = tokens.usage(anyUsage);
    assertThat(badGateway.status()).isEqualTo(502);
    assertThat(badGateway.headers().get("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(badGateway.body()).startsWith("<html>").contains("502");
    assertThat(tokens.usage(anyUsage).status()).isEqualTo(200);
    isHealthyAgain();
  }

  @Test
  void aCutOffBodyPromisesMoreThanComes() throws Exception {
    simulator.next(Fault.cutOffBody());

    assertThatThrownBy(() -> tokens.usage(anyUsage))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unexpected end of stream");
    assertThat(simulator.traffic().usageRequests()).isEqualTo(1);
    assertThat(simulator.traffic().rowsServed()).isZero();
    assertThat(simulator.traffic().bytesServed()).isZero();
    isHealthyAgain();
  }

  @Test
  void anEmptyBodyKeepsStatusAndHeaders() throws Exception {
    simulator.next(Fault.emptyBody());

    Answer answer = tokens.usage(anyUsage);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(answer.headers().get("Content-Length")).isEqualTo("0");
    assertThat(answer.body()).isEmpty();
    assertThat(simulator.traffic().rowsServed()).isZero();
    isHealthyAgain();
  }

  @Test
  void aDisconnectGivesNoAnswer() throws Exception {
    simulator.next(Fault.disconnect());

    assertThatThrownBy(() -> tokens.usage(anyUsage)).isInstanceOf(IOException.class);
    assertThat(simulator.traffic().usageRequests()).isEqualTo(1);
    isHealthyAgain();
  }

  @Test
  void aSlowBodyArrivesWholeIfItIsWaitedFor() throws Exception {
    Answer prompt = tokens.usage(anyUsage);
    simulator.next(Fault.slowBody(Duration.ofMillis(50)));

    assertThat(tokens.usage(anyUsage).body()).isEqualTo(prompt.body());
    assertThat(simulator.traffic().rowsServed()).isEqualTo(2L * prompt.rows().size());
  }

  @Test
  void aSlowBodyRunsIntoTheTimeoutOfWhoDoesNotWait() throws Exception {
    simulator.next(Fault.slowBody(Duration.ofMinutes(10)));

    assertThatThrownBy(() -> calls.send(tokens.usageRequest(anyUsage), Duration.ofMillis(200)))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(simulator.traffic().rowsServed()).isZero();
    isHealthyAgain();
  }

  @Test
  void anExpiredTokenStaysExpiredUntilANewOneIsFetched() throws Exception {
    simulator.next(Fault.expiredToken());

    tokens.usage(anyUsage).isGatewayError(401, "900901", "Invalid Credentials");
    tokens.usage(anyUsage).isGatewayError(401, "900901", "Invalid Credentials");
    String renewed = calls.token().text("access_token");
    assertThat(renewed).isNotEqualTo(tokens.bearer);
    assertThat(calls.usage(renewed, tokens.session, anyUsage).status()).isEqualTo(200);
  }

  @Test
  void anExpiredSessionStaysExpiredUntilANewLogin() throws Exception {
    simulator.next(Fault.expiredSession());

    tokens.usage(anyUsage).isM2mError("REQUEST_FAILED.SessionToken.Expired");
    tokens.usage(anyUsage).isM2mError("REQUEST_FAILED.SessionToken.Expired");
    String renewed = calls.login(tokens.bearer).text("sessionToken");
    assertThat(renewed).isNotEqualTo(tokens.session);
    assertThat(calls.usage(tokens.bearer, renewed, anyUsage).status()).isEqualTo(200);
  }

  @Test
  void anExpiryOnlyTakesTheCredentialThatTheRequestCarries() throws Exception {
    ThingSpaceCalls.Tokens others = calls.logIn();
    simulator.next(Fault.expiredSession());

    tokens.usage(anyUsage).isM2mError("REQUEST_FAILED.SessionToken.Expired");
    assertThat(others.usage(anyUsage).status()).isEqualTo(200);
  }

  @Test
  void fixedTokensAreGoodAgainAfterAnExpiry() throws Exception {
    ThingSpaceSimulator fixed = January.of(ThingSpaceSimulator.builder()).tokens("b", "s").build();
    ThingSpaceCalls fixedCalls = start(fixed);
    fixed.next(Fault.expiredToken(), Fault.expiredSession());

    fixedCalls.usage("b", "s", anyUsage).isGatewayError(401, "900901", "Invalid Credentials");
    fixedCalls.usage("b", "s", anyUsage).isM2mError("REQUEST_FAILED.SessionToken.Expired");
    assertThat(fixedCalls.usage("b", "s", anyUsage).status()).isEqualTo(200);
  }

  @Test
  void aChangeOfOnesOwnIsSent() throws Exception {
    simulator.next(
        Fault.changing(answer -> answer.newBuilder().setHeader("X-Request-Id", "42").build()));

    Answer answer = tokens.usage(anyUsage);
    assertThat(answer.headers().get("X-Request-Id")).isEqualTo("42");
    assertThat(answer.rows()).isNotEmpty();
  }

  @Test
  void everyThirdRequestMeetsTheFault() throws Exception {
    simulator.every(3, Fault.serviceUnavailable());

    for (int round = 0; round < 3; round++) {
      assertThat(tokens.usage(anyUsage).status()).isEqualTo(200);
      assertThat(tokens.usage(anyUsage).status()).isEqualTo(200);
      assertThat(tokens.usage(anyUsage).status()).isEqualTo(503);
    }
    simulator.usageFaults().clear();
    for (int i = 0; i < 3; i++) {
      isHealthyAgain();
    }
  }

  @Test
  void aScriptedFaultComesBeforeARecurringOne() throws Exception {
    simulator.every(2, Fault.serverError(500)).next(Fault.serverError(501), Fault.serverError(502));

    assertThat(tokens.usage(anyUsage).status()).isEqualTo(501);
    assertThat(tokens.usage(anyUsage).status()).isEqualTo(502);
    assertThat(tokens.usage(anyUsage).status()).isEqualTo(200);
    assertThat(tokens.usage(anyUsage).status()).isEqualTo(500);
  }

  @Test
  void tokenAndLoginHaveFaultsOfTheirOwn() throws Exception {
    simulator.tokenFaults().next(Fault.serviceUnavailable());
    simulator.loginFaults().next(Fault.expiredToken(), Fault.cutOffBody());

    isHealthyAgain();
    assertThat(calls.token().status()).isEqualTo(503);
    calls.login(tokens.bearer).isGatewayError(401, "900901", "Invalid Credentials");
    String bearer = calls.token().text("access_token");
    assertThatThrownBy(() -> calls.login(bearer)).isInstanceOf(IOException.class);
    assertThat(calls.login(bearer).status()).isEqualTo(200);
    assertThat(simulator.traffic().loginRequests()).isEqualTo(4);
  }

  @Test
  void aFaultThatStopsTheRequestChangesNothingBehindIt() throws Exception {
    simulator.loginFaults().next(Fault.serviceUnavailable(), Fault.disconnect());

    calls.login(tokens.bearer, "wrong");
    assertThatThrownBy(() -> calls.login(tokens.bearer, "wrong")).isInstanceOf(IOException.class);
    assertThat(simulator.traffic().failedLogins()).isZero();
  }

  @Test
  void anExpiryIsRefusedWhereRequestsCarryNoSuchCredential() {
    assertThatThrownBy(() -> simulator.tokenFaults().next(Fault.expiredToken()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("requests here carry no TOKEN to expire");
    assertThatThrownBy(() -> simulator.loginFaults().every(1, Fault.expiredSession()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("requests here carry no SESSION to expire");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 429, 499, 600})
  void aServerErrorIsOneOfTheFiveHundreds(int status) {
    assertThatThrownBy(() -> Fault.serverError(status))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("status must be 500 to 599, was " + status);
  }

  @Test
  void noTimeOfAFaultIsNegative() {
    Duration negative = Duration.ofSeconds(-1);
    assertThatThrownBy(() -> Fault.tooManyRequests(negative))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("retryAfter must not be negative, was PT-1S");
    assertThatThrownBy(() -> Fault.slowBody(negative))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("duration must not be negative, was PT-1S");
  }

  private void isHealthyAgain() throws IOException {
    Answer answer = tokens.usage(anyUsage);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.rows()).isNotEmpty();
  }
}
