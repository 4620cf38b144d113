package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.auth.ThingSpaceAuth;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the sources of ThingSpace's credentials, their sharing, and that none is printed. */
@Timeout(60)
class ThingSpaceCredentialsTest {
  private static final Map<String, String> TOKENS =
      Map.of("THINGSPACE_TOKEN", "env-bearer", "THINGSPACE_M2M_TOKEN", "env-session");

  private final MockWebServer server = new MockWebServer();
  private final List<String> sent = new CopyOnWriteArrayList<>();

  /** A user name that is new in this process. */
  private final String user = "user-" + UUID.randomUUID();

  private volatile int bearerStatus = 200;
  private volatile int loginStatus = 200;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void takesTheLoginFromTheEnvironment() {
    call(ThingSpaceCredentials.fromEnv(login()));

    assertThat(sent)
        .containsExactly(
            Credentials.basic("env-key", "env-secret") + " null grant_type=client_credentials",
            "Bearer bearer null {\"username\":\"" + user + "\",\"password\":\"env-word\"}",
            "Bearer bearer session ");
  }

  @Test
  void takesTokensFromTheEnvironment() {
    call(ThingSpaceCredentials.fromEnv(TOKENS));

    assertThat(sent).containsExactly("Bearer env-bearer env-session ");
  }

  @Test
  void takesTheLoginIfTheEnvironmentHoldsBoth() {
    var both = login();
    both.putAll(TOKENS);
    call(ThingSpaceCredentials.fromEnv(both));

    assertThat(sent).last().isEqualTo("Bearer bearer session ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "THINGSPACE_KEY",
        "THINGSPACE_SECRET",
        "THINGSPACE_USERNAME",
        "THINGSPACE_PASSWORD"
      })
  void takesTokensIfTheLoginIsNotComplete(String missing) {
    var environment = login();
    environment.put(missing, " ");
    environment.putAll(TOKENS);
    call(ThingSpaceCredentials.fromEnv(environment));

    assertThat(sent).containsExactly("Bearer env-bearer env-session ");
  }

  @Test
  void namesWhatIsMissingAndNothingElse() {
    var environment = login();
    environment.remove("THINGSPACE_SECRET");
    environment.put("THINGSPACE_PASSWORD", "");
    environment.put("THINGSPACE_TOKEN", "env-bearer");

    assertThatThrownBy(() -> ThingSpaceCredentials.fromEnv(environment))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(
            "ThingSpace credentials are missing: set THINGSPACE_SECRET, THINGSPACE_PASSWORD,"
                + " or else THINGSPACE_M2M_TOKEN");
  }

  @Test
  void areNeverPrinted() {
    var oauth = ThingSpaceCredentials.oauth("the-key", "the-secret");

    assertThat(oauth).hasToString("ThingSpaceCredentials.OAuth");
    assertThat(oauth.login(user, "word")).hasToString("ThingSpaceCredentials[login]");
    assertThat(ThingSpaceCredentials.tokens("a-bearer", "a-session"))
        .hasToString("ThingSpaceCredentials[fixed tokens]");
  }

  @Test
  void aRefusedKeyIsTriedAgainOnceThatIsForgotten() {
    var credentials = ThingSpaceCredentials.fromEnv(login());
    bearerStatus = 401;
    assertThat(failure(credentials).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    bearerStatus = 200;
    assertThat(failure(credentials).kind()).isEqualTo(Kind.UNAUTHENTICATED);

    credentials.forgetRefusal();
    call(credentials);
  }

  @Test
  void aRefusedLoginIsForgottenForAllCredentialsOfTheUserAndRemindsOfItsCause() {
    var credentials = ThingSpaceCredentials.fromEnv(login());
    loginStatus = 401;
    assertThat(failure(credentials).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    loginStatus = 200;
    var failure = failure(ThingSpaceCredentials.fromEnv(login()));
    assertThat(failure.status()).isEqualTo(401);
    assertThat(failure)
        .hasMessageContaining("The last one: POST /m2m/v1/session/login refused the login")
        .hasMessageContaining("no such user");

    ThingSpaceCredentials.oauth("other-key", "other-secret").login(user, "word").forgetRefusal();
    call(credentials);
  }

  @Test
  void forgettingWhatNeverHappenedHarmsNobody() {
    var tokens = ThingSpaceCredentials.fromEnv(TOKENS);
    tokens.forgetRefusal();
    call(tokens);
    tokens.forgetRefusal();
    call(tokens);
  }

  private Map<String, String> login() {
    return new HashMap<>(
        Map.of(
            "THINGSPACE_KEY", "env-key",
            "THINGSPACE_SECRET", "env-secret",
            "THINGSPACE_USERNAME", user,
            "THINGSPACE_PASSWORD", "env-word"));
  }

  private void call(ThingSpaceCredentials credentials) {
    try (var client = client(credentials)) {
      assertThat(client.thing("a").execute()).isEqualTo(1);
    }
  }

  private ApiException failure(ThingSpaceCredentials credentials) {
    try (var client = client(credentials)) {
      return catchThrowableOfType(ApiException.class, client.thing("a")::execute);
    }
  }

  private TestClient client(ThingSpaceCredentials credentials) {
    return TestClient.builder(server)
        .auth((baseUrl, calls) -> new ThingSpaceAuth(baseUrl, credentials, calls))
        .build();
  }

  private MockResponse answer(RecordedRequest request) {
    var headers = request.getHeaders();
    var body = request.getBody() == null ? "" : request.getBody().utf8();
    sent.add(headers.get("Authorization") + " " + headers.get("VZ-M2M-Token") + " " + body);
    if (request.getTarget().endsWith("/oauth2/token")) {
      return answer(bearerStatus, "{\"access_token\":\"bearer\"}");
    }
    if (!request.getTarget().endsWith("/session/login")) {
      return answer(200, "{\"value\":1}");
    }
    return loginStatus == 200
        ? answer(200, "{\"sessionToken\":\"session\"}")
        : answer(loginStatus, "{\"errorCode\":\"LoginModule\",\"errorMessage\":\"no such user\"}");
  }

  private static MockResponse answer(int status, String body) {
    return new MockResponse.Builder().code(status).body(body).build();
  }
}
