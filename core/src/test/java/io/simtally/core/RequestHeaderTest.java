package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeaderTest {
  private final MockWebServer server = new MockWebServer();
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    server.start();
    client = TestClient.builder(server).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void sendsAHeaderOfTheProgramsOwnInThatRequestOnly() throws InterruptedException {
    answer("{\"value\": 1}", "{\"value\": 2}");
    var request = client.thing("a");
    request.header("X-Tenant", "acme").execute();
    request.execute();
    assertThat(headers().get("x-tenant")).isEqualTo("acme");
    assertThat(headers().get("X-Tenant")).isNull();
  }

  @Test
  void sendsItBesideItsOwnHeadersAndTheCredentials() throws InterruptedException {
    answer("{\"value\": 1}");
    client.thing("a").header("X-Tenant", "acme").execute();
    var headers = headers();
    assertThat(headers.get("Authorization")).isEqualTo("basic " + TestClient.KEY);
    assertThat(headers.get("Accept")).isEqualTo("application/json");
    assertThat(headers.get("User-Agent")).startsWith("simtally/");
  }

  @Test
  void setAgainTakesThePlaceOfTheOneBefore() throws InterruptedException {
    answer("{\"value\": 1}");
    client.thing("a").header("X-Tenant", "acme").header("x-tenant", "other").execute();
    assertThat(headers().values("X-Tenant")).containsExactly("other");
  }

  @Test
  void carriesItToEveryPageAndEveryAttempt() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().code(503).build());
    answer("{\"words\": [\"a\"], \"next\": \"2\"}", "{\"words\": [\"b\"]}");
    try (var quick = client.toBuilder().time(new FakeTime()).build()) {
      assertThat(quick.words().header("X-Tenant", "acme").stream()).containsExactly("a", "b");
    }
    for (int i = 0; i < 3; i++) {
      assertThat(headers().get("X-Tenant")).isEqualTo("acme");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "AUTHORIZATION",
        "VZ-M2M-Token",
        "apikey",
        "X-Api-Key",
        "Proxy-Authorization",
        "Cookie"
      })
  void refusesWhatCarriesCredentials(String name) {
    assertThatThrownBy(() -> client.thing("a").header(name, "kept-to-itself"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("credentials")
        .hasMessageNotContaining("kept-to-itself");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "Content-Length",
        "Content-Type",
        "User-Agent",
        "Accept",
        "accept-encoding",
        "Connection",
        "Transfer-Encoding",
        "Range"
      })
  void refusesWhatIsTheClientsToSet(String name) {
    assertThatThrownBy(() -> client.thing("a").header(name, "kept-to-itself"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageNotContaining("kept-to-itself");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "X Tenant", "X-Tenant:", "X-Ténant", "X-Tenant\r\nHost"})
  void refusesWhatIsNoName(String name) {
    assertThatThrownBy(() -> client.thing("a").header(name, "acme"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("header name");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "acme\r\nHost: other", "acme\n", "açme"})
  void refusesAValueThatCouldBeMoreThanOne(String value) {
    assertThatThrownBy(() -> client.thing("a").header("X-Tenant", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("header X-Tenant");
  }

  @Test
  void showsItInNoTextOfTheRequestOrItsFailure() {
    server.enqueue(new MockResponse.Builder().code(404).build());
    var request = client.thing("a").header("X-Tenant", "acme");
    assertThat(request.toString()).doesNotContain("acme");
    assertThat(catchThrowableOfType(ApiException.class, request::execute).toString())
        .doesNotContain("acme");
  }

  private void answer(String... bodies) {
    for (var body : bodies) {
      server.enqueue(new MockResponse.Builder().body(body).build());
    }
  }

  private Headers headers() throws InterruptedException {
    return server.takeRequest().getHeaders();
  }
}
