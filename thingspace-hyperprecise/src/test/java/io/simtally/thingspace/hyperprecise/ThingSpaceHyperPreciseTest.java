package io.simtally.thingspace.hyperprecise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThingSpaceHyperPreciseTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sharesOneLoginWithTheM2mClient() {
    var asked = new ConcurrentHashMap<String, Integer>();
    server.setDispatcher(countingDispatcher(asked));
    var credentials =
        ThingSpaceCredentials.oauth("the-key", "the-secret").login("the-user", "the-password");
    var url = server.url("/api").toString();

    try (var m2m = ThingSpaceM2m.builder().baseUrl(url).credentials(credentials).build();
        var hyperPrecise =
            ThingSpaceHyperPrecise.builder().baseUrl(url).credentials(credentials).build()) {
      var usage =
          m2m.usageHistory()
              .device(DeviceId.imei("354658090356210"))
              .earliest(Instant.EPOCH)
              .latest(Instant.EPOCH)
              .executeAsync();
      sample(hyperPrecise).execute();
      sample(hyperPrecise).execute();
      usage.join();
    }

    assertThat(asked)
        .isEqualTo(
            Map.of(
                "/api/ts/v1/oauth2/token",
                1,
                "/api/m2m/v1/session/login",
                1,
                "/api/m2m/v1/devices/usage/actions/list",
                1,
                "/api/hyper-precise/v1/report/sessions",
                2));
  }

  @Test
  void buildsAnotherClientWithItsCredentials() {
    var asked = new ConcurrentHashMap<String, Integer>();
    server.setDispatcher(countingDispatcher(asked));
    var credentials =
        ThingSpaceCredentials.oauth("the-key", "the-secret").login("the-user", "the-password");
    var url = server.url("/api").toString();

    try (var client =
            ThingSpaceHyperPrecise.builder().baseUrl(url).credentials(credentials).build();
        var other = client.toBuilder().build()) {
      sample(client).execute();
      sample(other).execute();
    }

    assertThat(asked)
        .containsEntry("/api/m2m/v1/session/login", 1)
        .containsEntry("/api/hyper-precise/v1/report/sessions", 2);
  }

  @Test
  void logsInAgainAfterTheM2mClientIsClosed() {
    server.enqueue(answer("{\"access_token\": \"the-bearer\", \"expires_in\": 3600}"));
    server.enqueue(answer("{\"sessionToken\": \"session-1\"}"));
    server.enqueue(answer("{\"hasMoreData\": false}"));
    server.enqueue(
        answer("{\"errorCode\": \"UnifiedWebService.REQUEST_FAILED.SessionToken.Expired\"}")
            .newBuilder()
            .code(400)
            .build());
    server.enqueue(answer("{\"sessionToken\": \"session-2\"}"));
    server.enqueue(answer("{\"sessions\": [], \"txid\": \"t\"}"));
    var credentials =
        ThingSpaceCredentials.oauth("the-key", "the-secret").login("the-user", "the-password");
    var url = server.url("/api").toString();
    try (var m2m = ThingSpaceM2m.builder().baseUrl(url).credentials(credentials).build()) {
      m2m.usageHistory()
          .device(DeviceId.imei("354658090356210"))
          .earliest(Instant.EPOCH)
          .latest(Instant.EPOCH)
          .execute();
    }

    try (var hyperPrecise =
        ThingSpaceHyperPrecise.builder().baseUrl(url).credentials(credentials).build()) {
      assertThat(sample(hyperPrecise).execute().txid()).isEqualTo("t");
    }
    assertThat(server.getRequestCount()).isEqualTo(6);
  }

  private static MockResponse answer(String body) {
    return new MockResponse.Builder().code(200).body(body).build();
  }

  private static Dispatcher countingDispatcher(Map<String, Integer> asked) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        var path = request.getUrl().encodedPath();
        asked.merge(path, 1, Integer::sum);
        return new MockResponse.Builder()
            .code(200)
            .body(
                switch (path) {
                  case "/api/ts/v1/oauth2/token" ->
                      "{\"access_token\": \"the-bearer\", \"expires_in\": 3600}";
                  case "/api/m2m/v1/session/login" -> "{\"sessionToken\": \"the-session\"}";
                  case "/api/m2m/v1/devices/usage/actions/list" -> "{\"hasMoreData\": false}";
                  default -> "{\"sessions\": []}";
                })
            .build();
      }
    };
  }

  @Test
  void readsTokensAndBaseUrlFromTheEnvironment() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().code(200).body("{\"sessions\": []}").build());
    var environment =
        Map.of(
            "THINGSPACE_TOKEN",
            "the-bearer",
            "THINGSPACE_M2M_TOKEN",
            "the-session",
            "THINGSPACE_BASE_URL",
            server.url("/somewhere/").toString());

    try (var client = ThingSpaceHyperPrecise.fromEnv(environment)) {
      sample(client).execute();
    }

    var request = server.takeRequest();
    assertThat(request.getUrl().encodedPath())
        .isEqualTo("/somewhere/hyper-precise/v1/report/sessions");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer the-bearer");
    assertThat(request.getHeaders().get("VZ-M2M-Token")).isEqualTo("the-session");
  }

  @Test
  void prefersALoginToFixedTokensInTheEnvironment() throws InterruptedException {
    server.enqueue(
        new MockResponse.Builder().code(401).body("{\"error\": \"invalid_client\"}").build());
    var environment =
        Map.of(
            "THINGSPACE_KEY", "the-key",
            "THINGSPACE_SECRET", "the-secret",
            "THINGSPACE_USERNAME", "the-user",
            "THINGSPACE_PASSWORD", "the-password",
            "THINGSPACE_TOKEN", "the-bearer",
            "THINGSPACE_M2M_TOKEN", "the-session",
            "THINGSPACE_BASE_URL", server.url("/api").toString());

    try (var client = ThingSpaceHyperPrecise.fromEnv(environment)) {
      var failure = catchThrowableOfType(ApiException.class, sample(client)::execute);
      assertThat(failure.kind()).isEqualTo(ApiException.Kind.UNAUTHENTICATED);
    }

    assertThat(server.takeRequest().getUrl().encodedPath()).isEqualTo("/api/ts/v1/oauth2/token");
  }

  @Test
  void refusesNoEnvironmentAtAll() {
    assertThatThrownBy(() -> ThingSpaceHyperPrecise.fromEnv(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("environment is null");
  }

  @Test
  void namesTheVariablesThatAreMissing() {
    var incomplete = Map.of("THINGSPACE_TOKEN", "the-bearer");

    assertThatThrownBy(() -> ThingSpaceHyperPrecise.fromEnv(incomplete))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("THINGSPACE_KEY")
        .hasMessageContaining("THINGSPACE_SECRET")
        .hasMessageContaining("THINGSPACE_USERNAME")
        .hasMessageContaining("THINGSPACE_PASSWORD")
        .hasMessageContaining("THINGSPACE_M2M_TOKEN")
        .message()
        .doesNotContain("the-bearer");
  }

  @Test
  void refusesToBuildWithoutCredentials() {
    assertThatThrownBy(ThingSpaceHyperPrecise.builder()::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ThingSpaceHyperPrecise")
        .hasMessageContaining("credentials(")
        .hasMessageContaining("THINGSPACE_KEY")
        .hasMessageContaining("THINGSPACE_M2M_TOKEN");
    assertThatThrownBy(() -> ThingSpaceHyperPrecise.builder().credentials(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("credentials");
  }

  @Test
  void refusesToSendCredentialsInClear() {
    var builder =
        ThingSpaceHyperPrecise.builder()
            .baseUrl("http://thingspace.example/api")
            .credentials(ThingSpaceCredentials.tokens("the-bearer", "the-session"));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("https");
    builder.allowCleartext().build().close();
  }

  @Test
  void showsItsAddressAndNoCredential() {
    try (var client =
        ThingSpaceHyperPrecise.builder()
            .credentials(ThingSpaceCredentials.tokens("the-bearer", "the-session"))
            .build()) {
      assertThat(client).hasToString("ThingSpaceHyperPrecise[https://thingspace.verizon.com/api]");
      assertThat(sample(client).toString()).doesNotContain("the-bearer", "the-session");
    }
  }

  @Test
  void sendsNothingOnceItIsClosed() {
    var client =
        ThingSpaceHyperPrecise.builder()
            .baseUrl(server.url("/api").toString())
            .credentials(ThingSpaceCredentials.tokens("the-bearer", "the-session"))
            .build();
    var request = sample(client);
    client.close();

    assertThatThrownBy(request::execute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(server.getRequestCount()).isZero();
  }

  private static SessionReportRequest sample(ThingSpaceHyperPrecise client) {
    return client.sessionReport().accountNumber("0844021539-00001").imei("354658090356210");
  }
}
