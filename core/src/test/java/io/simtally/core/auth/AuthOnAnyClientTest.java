package io.simtally.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses the four interceptors on a plain OkHttp client, for calls that Simtally does not have. */
class AuthOnAnyClientTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void sendsMasonsKeyAsItIs() throws Exception {
    server.enqueue(new MockResponse.Builder().build());
    get(new BasicKeyAuth(server.url("/"), Secret.of("apiKey", "mason-key")));
    assertThat(taken().getHeaders().get("Authorization")).isEqualTo("basic mason-key");
  }

  @Test
  void sendsAlefsKeyInTheQuery() throws Exception {
    server.enqueue(new MockResponse.Builder().build());
    get(new QueryKeyAuth(server.url("/"), "apikey", Secret.of("apiKey", "alef key")));
    assertThat(taken().getTarget()).isEqualTo("/devices?apikey=alef%20key");
  }

  @Test
  void sendsIotxsTokenAndRefreshesIt() throws Exception {
    var tokens = new int[1];
    var auth = BearerAuth.refreshing(server.url("/"), () -> "token-" + ++tokens[0]);
    server.enqueue(new MockResponse.Builder().code(401).build());
    server.enqueue(new MockResponse.Builder().build());
    get(auth);
    get(auth);
    assertThat(taken().getHeaders().get("Authorization")).isEqualTo("Bearer token-1");
    assertThat(taken().getHeaders().get("Authorization")).isEqualTo("Bearer token-2");
  }

  @Test
  void logsInToThingSpaceThroughAClientOfItsOwn() throws Exception {
    server.enqueue(json("{\"access_token\": \"bearer-1\", \"expires_in\": 3600}"));
    server.enqueue(json("{\"sessionToken\": \"session-1\"}"));
    server.enqueue(new MockResponse.Builder().build());
    var credentials = ThingSpaceCredentials.oauth("key", "secret").login("anybody", "password");
    get(new ThingSpaceAuth(server.url("/api"), credentials, new OkHttpClient()));
    assertThat(taken().getTarget()).isEqualTo("/api/ts/v1/oauth2/token");
    assertThat(taken().getTarget()).isEqualTo("/api/m2m/v1/session/login");
    var headers = taken().getHeaders();
    assertThat(headers.get("Authorization")).isEqualTo("Bearer bearer-1");
    assertThat(headers.get("VZ-M2M-Token")).isEqualTo("session-1");
  }

  private void get(Interceptor auth) throws IOException {
    var http = new OkHttpClient.Builder().addInterceptor(auth).build();
    var request = new Request.Builder().url(server.url("/devices")).build();
    http.newCall(request).execute().close();
  }

  private RecordedRequest taken() throws InterruptedException {
    var taken = server.takeRequest(5, TimeUnit.SECONDS);
    assertThat(taken).isNotNull();
    return taken;
  }

  private static MockResponse json(String body) {
    return new MockResponse.Builder().body(body).build();
  }
}
