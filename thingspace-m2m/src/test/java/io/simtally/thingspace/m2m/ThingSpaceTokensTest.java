package io.simtally.thingspace.m2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.Fault;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThingSpaceTokensTest {
  /** The simulated fleets have usage on the thirty days before this moment. */
  private static final Clock JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private static final RetryPolicy PROMPT =
      RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1));

  private final ThingSpaceSimulator simulator =
      ThingSpaceSimulator.builder().clock(JANUARY).build();
  private SimulatorServer server;
  private ThingSpaceM2m client;

  @BeforeEach
  void start() {
    server = simulator.start();
    client = client(rightCredentials());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void thirtyTwoThreadsOnAColdClientCauseOneLogin() throws Exception {
    var barrier = new CyclicBarrier(32);
    var threads = Executors.newFixedThreadPool(32);
    var calls = new ArrayList<Future<?>>();
    for (int i = 0; i < 32; i++) {
      Callable<UsageHistory> call =
          () -> {
            barrier.await();
            return request(client).execute();
          };
      calls.add(threads.submit(call));
    }
    for (var call : calls) {
      assertThat(call.get()).isNotNull();
    }
    threads.shutdown();

    assertThat(simulator.traffic().tokenRequests()).isEqualTo(1);
    assertThat(simulator.traffic().loginRequests()).isEqualTo(1);
    assertThat(simulator.traffic().usageRequests()).isEqualTo(32);
  }

  @Test
  void anotherClientWithItsSettingsSharesItsLogin() {
    request(client).execute();
    try (var other = client.toBuilder().build()) {
      request(other).execute();
    }

    assertThat(simulator.traffic().loginRequests()).isEqualTo(1);
    assertThat(simulator.traffic().usageRequests()).isEqualTo(2);
  }

  @Test
  void sendsARefusedLoginOnce() {
    var credentials =
        ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
            .login(simulator.username(), "not-the-password");
    for (int i = 0; i < 3; i++) {
      try (var client = client(credentials)) {
        for (int j = 0; j < 4; j++) {
          var failure = failureOf(client);

          assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
          assertThat(failure.status()).isEqualTo(400);
          assertThat(failure.code()).endsWith("Password.Invalid");
          assertThat(failure).hasMessageContaining("POST /m2m/v1/session/login refused the login");
        }
      }
    }

    assertThat(simulator.traffic().loginRequests()).isEqualTo(1);
    assertThat(simulator.traffic().usageRequests()).isZero();
    assertThat(simulator.isLocked()).isFalse();
  }

  @Test
  void sendsARefusedLoginOnceForManyThreads() throws Exception {
    try (var wrong =
        client(
            ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
                .login(simulator.username(), "not-the-password"))) {
      var futures = new ArrayList<Future<?>>();
      for (int i = 0; i < 32; i++) {
        futures.add(request(wrong).executeAsync());
      }
      for (var future : futures) {
        assertThatThrownBy(future::get)
            .cause()
            .isInstanceOfSatisfying(
                ApiException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHENTICATED));
      }
    }

    assertThat(simulator.traffic().loginRequests()).isEqualTo(1);
  }

  @Test
  void aRefusedLoginIsSentAgainOnceItIsForgotten() {
    var credentials =
        ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
            .login(simulator.username(), "not-the-password");
    try (var wrong = client(credentials)) {
      failureOf(wrong);
      credentials.forgetRefusal();
      failureOf(wrong);
      failureOf(wrong);
    }

    assertThat(simulator.traffic().loginRequests()).isEqualTo(2);
  }

  @Test
  void aRefusedKeyIsSentOnce() {
    try (var wrong =
        client(
            ThingSpaceCredentials.oauth(simulator.key(), "not-the-secret")
                .login(simulator.username(), simulator.password()))) {
      for (int i = 0; i < 3; i++) {
        var failure = failureOf(wrong);

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(failure.code()).isEqualTo("invalid_client");
      }
    }

    assertThat(simulator.traffic().tokenRequests()).isEqualTo(1);
    assertThat(simulator.traffic().loginRequests()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"429, RATE_LIMITED", "503, SERVER_ERROR"})
  void retriesALoginThatTheServiceDidNotJudge(int status, Kind kind) {
    for (int i = 0; i < 3; i++) {
      simulator
          .loginFaults()
          .next(status == 429 ? Fault.tooManyRequests(Duration.ZERO) : Fault.serverError(status));
    }

    assertThat(failureOf(client).kind()).isEqualTo(kind);
    assertThat(simulator.traffic().loginRequests()).isEqualTo(3);

    assertThat(request(client).execute()).isNotNull();
    assertThat(simulator.traffic().loginRequests()).isEqualTo(4);
    assertThat(simulator.traffic().tokenRequests()).isEqualTo(1);
  }

  @Test
  void afterThreeLoginsThatMayHaveBeenJudgedNoneIsSent() {
    for (int i = 0; i < 3; i++) {
      simulator.loginFaults().next(Fault.serverError(500));
    }

    assertThat(failureOf(client).kind()).isEqualTo(Kind.SERVER_ERROR);
    var later = failureOf(client);

    assertThat(later.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(later).hasMessageContaining("forgetRefusal()");
    assertThat(simulator.traffic().loginRequests()).isEqualTo(3);
  }

  @Test
  void retriesALoginThatIsCutOff() {
    simulator.tokenFaults().next(Fault.disconnect(), Fault.cutOffBody());
    simulator.loginFaults().next(Fault.htmlError(502), Fault.disconnect());

    assertThat(request(client).retryPolicy(PROMPT.maxAttempts(6)).execute()).isNotNull();
  }

  @Test
  void refreshesAnExpiredSessionOnceAndRepeatsTheCall() {
    request(client).execute();
    simulator.next(Fault.expiredSession());

    var response = request(client).executeWithResponse();

    assertThat(response.attempts()).isEqualTo(2);
    assertThat(simulator.traffic().loginRequests()).isEqualTo(2);
    assertThat(simulator.traffic().tokenRequests()).isEqualTo(1);
  }

  @Test
  void refreshesAnExpiredBearerWithoutANewSession() {
    request(client).execute();
    simulator.next(Fault.expiredToken());

    var response = request(client).executeWithResponse();

    assertThat(response.attempts()).isEqualTo(2);
    assertThat(simulator.traffic().tokenRequests()).isEqualTo(2);
    assertThat(simulator.traffic().loginRequests()).isEqualTo(1);
  }

  @Test
  void refreshesAnExpiredSessionWithoutARetryPolicy() {
    request(client).execute();
    simulator.next(Fault.expiredSession());

    assertThat(request(client).retryPolicy(RetryPolicy.none()).execute()).isNotNull();
  }

  @Test
  void reportsASessionThatIsRefusedTwice() {
    request(client).execute();
    simulator.every(1, Fault.expiredSession());

    for (int i = 0; i < 5; i++) {
      var failure = failureOf(client);
      assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
      assertThat(failure.code()).contains(".SessionToken.");
    }

    assertThat(simulator.traffic().loginRequests()).isEqualTo(2);
  }

  @Test
  void fixedTokensThatAreRefusedAreNotSentAgainInThatCall() {
    try (var fixed = client(ThingSpaceCredentials.tokens("not-the-bearer", "not-the-session"))) {
      assertThat(failureOf(fixed).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    assertThat(simulator.traffic().usageRequests()).isEqualTo(1);
    assertThat(simulator.traffic().tokenRequests()).isZero();
  }

  @Test
  void clientsThatShareCredentialsShareTheirLogin() {
    var credentials = rightCredentials();
    try (var one = client(credentials);
        var other = client(credentials)) {
      request(one).execute();
      request(other).execute();
    }

    assertThat(simulator.traffic().tokenRequests()).isEqualTo(1);
    assertThat(simulator.traffic().loginRequests()).isEqualTo(1);
  }

  @Test
  void tokensOfOneServerAreNotSentToAnother() {
    var stranger = ThingSpaceSimulator.builder().clock(JANUARY).build();
    var credentials = rightCredentials();
    try (var elsewhere = stranger.start();
        var one = client(credentials);
        var other =
            ThingSpaceM2m.builder().baseUrl(elsewhere.url()).credentials(credentials).build()) {
      request(one).execute();
      request(other).execute();
    }

    assertThat(simulator.traffic().loginRequests()).isEqualTo(1);
    assertThat(stranger.traffic().loginRequests()).isEqualTo(1);
  }

  @Test
  void readsTheEnvironment() {
    var environment =
        Map.of(
            "THINGSPACE_KEY", simulator.key(),
            "THINGSPACE_SECRET", simulator.secret(),
            "THINGSPACE_USERNAME", simulator.username(),
            "THINGSPACE_PASSWORD", simulator.password(),
            "THINGSPACE_TOKEN", " ",
            "THINGSPACE_BASE_URL", server.url());
    try (var fromEnvironment = ThingSpaceM2m.fromEnv(environment)) {
      assertThat(request(fromEnvironment).execute()).isNotNull();
    }
    assertThat(simulator.traffic().loginRequests()).isEqualTo(1);
  }

  @Test
  void readsCredentialsFromTheEnvironmentAndTheRestFromCode() {
    var environment = Map.of("THINGSPACE_TOKEN", "a-bearer", "THINGSPACE_M2M_TOKEN", "a-session");
    var builder = ThingSpaceM2m.builder().environment(environment);

    try (var client = builder.baseUrl("https://proxy.example/ts").build()) {
      assertThat(client).hasToString("ThingSpaceM2m[https://proxy.example/ts]");
    }
  }

  @Test
  void refusesNoEnvironmentAtAll() {
    assertThatThrownBy(() -> ThingSpaceM2m.fromEnv(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("environment is null");
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> ThingSpaceM2m.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("credentials")
        .hasMessageContaining("THINGSPACE_KEY");
    assertThatThrownBy(() -> ThingSpaceM2m.fromEnv(Map.of("THINGSPACE_KEY", "a-key")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("THINGSPACE_SECRET")
        .hasMessageContaining("THINGSPACE_M2M_TOKEN")
        .hasMessageNotContaining("a-key");
  }

  private ThingSpaceCredentials rightCredentials() {
    return ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
        .login(simulator.username(), simulator.password());
  }

  private ThingSpaceM2m client(ThingSpaceCredentials credentials) {
    return ThingSpaceM2m.builder()
        .baseUrl(server.url())
        .credentials(credentials)
        .retryPolicy(PROMPT)
        .build();
  }

  private UsageHistoryRequest request(ThingSpaceM2m thingSpace) {
    var device = simulator.devices().get(0);
    return thingSpace
        .usageHistory()
        .device(new DeviceId(device.kind(), device.id()))
        .earliest(Instant.parse("2020-01-01T00:00:00Z"))
        .latest(Instant.parse("2026-01-01T00:00:00Z"));
  }

  private ApiException failureOf(ThingSpaceM2m thingSpace) {
    return catchThrowableOfType(ApiException.class, request(thingSpace)::execute);
  }
}
