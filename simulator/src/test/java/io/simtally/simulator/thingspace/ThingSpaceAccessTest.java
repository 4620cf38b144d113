package io.simtally.simulator.thingspace;

import static io.simtally.simulator.thingspace.ThingSpaceCalls.byDevice;
import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Answer;
import io.simtally.simulator.January;
import io.simtally.simulator.SimulatorTest;
import io.simtally.simulator.SteppingClock;
import java.time.Duration;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ThingSpaceAccessTest extends SimulatorTest {
  private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");

  private final SteppingClock clock = new SteppingClock();
  private final ThingSpaceSimulator simulator =
      January.of(ThingSpaceSimulator.builder()).clock(clock).build();
  private final String anyUsage = byDevice(simulator.devices().get(0));
  private ThingSpaceCalls calls;

  @BeforeEach
  void start() {
    calls = start(simulator);
  }

  @Test
  void aTokenIsGoodForAnHourFromItsFirstIssueHoweverOftenItIsAskedFor() throws Exception {
    Answer first = calls.token();
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.object().names())
        .containsExactly("access_token", "scope", "token_type", "expires_in");
    assertThat(first.text("token_type")).isEqualTo("Bearer");
    assertThat(first.object().number("expires_in")).isEqualTo(3600);

    clock.advance(Duration.ofMinutes(59));
    Answer again = calls.token();
    assertThat(again.text("access_token")).isEqualTo(first.text("access_token"));
    assertThat(again.object().number("expires_in")).isEqualTo(60);

    clock.advance(Duration.ofMinutes(1));
    Answer next = calls.token();
    assertThat(next.text("access_token")).isNotEqualTo(first.text("access_token"));
    assertThat(next.object().number("expires_in")).isEqualTo(3600);
    assertThat(simulator.traffic().tokenRequests()).isEqualTo(3);
    assertThat(simulator.traffic().tokensIssued()).isEqualTo(2);
  }

  @Test
  void anExpiredBearerIsRefusedAtTheGatewayAlthoughTheSessionIsAlive() throws Exception {
    ThingSpaceCalls.Tokens tokens = calls.logIn();
    for (int minutes = 0; minutes < 60; minutes += 15) {
      assertThat(tokens.usage(anyUsage).status()).isEqualTo(200);
      clock.advance(Duration.ofMinutes(15));
    }

    tokens.usage(anyUsage).isGatewayError(401, "900901", "Invalid Credentials");

    String bearer = calls.token().text("access_token");
    assertThat(calls.usage(bearer, tokens.session, anyUsage).status()).isEqualTo(200);
  }

  @Test
  void aBearerIsAskedForOnEveryCallButTheTokenCall() throws Exception {
    ThingSpaceCalls.Tokens tokens = calls.logIn();

    calls.login("wrong").isGatewayError(401, "900901", "Invalid Credentials");
    calls
        .usage("wrong", tokens.session, anyUsage)
        .isGatewayError(401, "900901", "Invalid Credentials");
    calls
        .send(calls.loginRequest("", "{}").removeHeader("Authorization"))
        .isGatewayError(401, "900902", "Missing Credentials");
    calls
        .send(tokens.usageRequest(anyUsage).removeHeader("Authorization"))
        .isGatewayError(401, "900902", "Missing Credentials");
    calls
        .send(tokens.usageRequest(anyUsage).header("Authorization", tokens.bearer))
        .isGatewayError(401, "900902", "Missing Credentials");
    assertThat(simulator.traffic().failedLogins()).isZero();
  }

  @Test
  void theTokenCallRefusesOtherCredentialsAndOtherForms() throws Exception {
    calls
        .send(calls.tokenRequest().removeHeader("Authorization"))
        .isGatewayError(401, "900902", "Missing Credentials");
    calls
        .send(calls.tokenRequest().header("Authorization", Credentials.basic("other", "secret")))
        .isOAuthError(401, "invalid_client");
    calls
        .send(calls.tokenRequest().post(RequestBody.create("", FORM)))
        .isOAuthError(400, "invalid_request");
    calls
        .send(calls.tokenRequest().post(RequestBody.create("grant_type=password", FORM)))
        .isOAuthError(400, "unsupported_grant_type");
    calls
        .send(
            calls
                .tokenRequest()
                .post(
                    RequestBody.create(
                        "grant_type=client_credentials", MediaType.get("text/plain"))))
        .isOAuthError(400, "invalid_request");
    assertThat(simulator.traffic().tokensIssued()).isZero();
    assertThat(simulator.traffic().refusedRequests()).isEqualTo(5);
  }

  @Test
  void aLoginGivesAGuidAndNothingElse() throws Exception {
    Answer answer = calls.login(calls.token().text("access_token"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.object().names()).containsExactly("sessionToken");
    assertThat(answer.text("sessionToken"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  }

  @Test
  void aSessionLivesOnWhileItIsUsedAndExpiresAfterTwentyIdleMinutes() throws Exception {
    ThingSpaceCalls.Tokens tokens = calls.logIn();
    clock.advance(Duration.ofMinutes(20).minusSeconds(1));
    assertThat(tokens.usage(anyUsage).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(20).minusSeconds(1));
    assertThat(tokens.usage(anyUsage).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(20));

    tokens.usage(anyUsage).isM2mError("REQUEST_FAILED.SessionToken.Expired");
    tokens.usage(anyUsage).isM2mError("REQUEST_FAILED.SessionToken.Expired");
  }

  @Test
  void aSessionIsAskedFor() throws Exception {
    ThingSpaceCalls.Tokens tokens = calls.logIn();

    calls
        .send(tokens.usageRequest(anyUsage).removeHeader("VZ-M2M-Token"))
        .isM2mError("REQUEST_FAILED.SessionToken.Format");
    calls
        .usage(tokens.bearer, "no-guid", anyUsage)
        .isM2mError("INPUT_INVALID.SessionToken.Invalid");
    calls
        .usage(tokens.bearer, "01234567-89ab-cdef-0123-456789abcdef", anyUsage)
        .isM2mError("INPUT_INVALID.SessionToken.Invalid");
  }

  @Test
  void fiveFailedLoginsInARowLockTheUserUntilSupportUnlocks() throws Exception {
    String bearer = calls.token().text("access_token");
    for (int i = 0; i < 5; i++) {
      assertThat(simulator.isLocked()).isFalse();
      calls.login(bearer, "wrong").isM2mError("INPUT_INVALID.Password.Invalid");
    }

    assertThat(simulator.isLocked()).isTrue();
    calls.login(bearer).isM2mError("INPUT_INVALID.Password.Invalid");
    assertThat(simulator.traffic().failedLogins()).isEqualTo(6);
    assertThat(simulator.traffic().logins()).isZero();

    simulator.unlock();
    assertThat(calls.login(bearer).status()).isEqualTo(200);
    assertThat(simulator.traffic().logins()).isEqualTo(1);
  }

  @Test
  void aLoginThatSucceedsForgivesTheFailuresBefore() throws Exception {
    String bearer = calls.token().text("access_token");
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 4; i++) {
        calls.login(bearer, "wrong");
      }
      assertThat(calls.login(bearer).status()).isEqualTo(200);
    }
  }

  @Test
  void aLoginThatIsMalformedDoesNotCountTowardsTheLock() throws Exception {
    String bearer = calls.token().text("access_token");
    for (int i = 0; i < 6; i++) {
      calls.send(calls.loginRequest(bearer, "{}")).isM2mError("DeserializationFailed");
    }
    calls
        .send(calls.loginRequest(bearer, "{\"username\":\"a\",\"password\":\"b\",\"more\":1}"))
        .isM2mError("DeserializationFailed");

    assertThat(simulator.isLocked()).isFalse();
    assertThat(simulator.traffic().failedLogins()).isZero();
  }

  @Test
  void fixedTokensNeverExpire() throws Exception {
    ThingSpaceSimulator fixed =
        January.of(ThingSpaceSimulator.builder())
            .clock(clock)
            .tokens("my-bearer", "my-session")
            .build();
    ThingSpaceCalls fixedCalls = start(fixed);
    assertThat(fixedCalls.usage("my-bearer", "my-session", anyUsage).status()).isEqualTo(200);

    clock.advance(Duration.ofDays(30));
    assertThat(fixedCalls.usage("my-bearer", "my-session", anyUsage).status()).isEqualTo(200);
    assertThat(fixedCalls.logIn().usage(anyUsage).status()).isEqualTo(200);
  }

  @Test
  void acceptsTheCredentialsItIsToldTo() throws Exception {
    ThingSpaceSimulator told =
        January.of(ThingSpaceSimulator.builder())
            .application("k", "s")
            .user("zbeeblebrox", "IMgr8")
            .build();

    assertThat(start(told).logIn().usage(anyUsage).status()).isEqualTo(200);
    assertThat(told.key() + told.secret() + told.username() + told.password())
        .isEqualTo("kszbeeblebroxIMgr8");
  }
}
