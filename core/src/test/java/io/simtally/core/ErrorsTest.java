package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {
  private final MockWebServer server = new MockWebServer();
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    client = TestClient.builder(server).maxBodyBytes(100).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"errorCode\":\"A\",\"errorMessage\":\"a\"}                                  | A   | a",
        "{\"error\":{\"message\":\"b\",\"code\":\"B\"}}                                | B   | b",
        "{\"type\":\"authentication_error\",\"message\":\"c\"}   | authentication_error | c",
        "{\"fault\":{\"code\":900901,\"message\":\"d\",\"description\":\"e\"}}    | 900901 | d: e",
        "{\"error\":\"invalid_client\",\"error_description\":\"f\"}          | invalid_client | f",
        "{\"responseCode\":\"G\",\"message\":\"g\",\"fault\":{\"code\":\"H\",\"message\":\"h\"}} | H | g",
        "{\"responseCode\":\"G\",\"message\":\"g\"}                                    | G   | g",
        "{\"fault\":{\"code\":\"H\"},\"errorCode\":\"A\",\"error\":{\"code\":\"B\"}}   | A   | ",
        "{\"other\":[{\"errorCode\":\"no\"}],\"errorCode\":null,\"message\":\"m\"}     |     | m",
        "{\"errorCode\":\"A\",\"errorMessage\":\"cut o                                 | A   | ",
        "<html><body>Bad gateway</body></html>                                         |     | ",
      })
  void readsTheProvidersOwnWordsFromEveryKnownEnvelope(String body, String code, String message) {
    enqueue(400, body);

    var failure = failure();

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.providerMessage()).isEqualTo(message);
    assertThat(failure.body()).isEqualTo(body);
  }

  @Test
  void carriesEverythingASupportTicketNeeds() {
    server.enqueue(
        new MockResponse.Builder()
            .code(404)
            .addHeader("X-Request-Id", "req-17")
            .body("{\"error\":{\"message\":\"no such SIM\",\"code\":\"NOT_FOUND\"}}")
            .build());

    var failure = failure();

    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure.provider()).isEqualTo("test");
    assertThat(failure.operation()).isEqualTo("GET /things/{name}");
    assertThat(failure.requestId()).isEqualTo("req-17");
    assertThat(failure.headers().get("x-request-id")).isEqualTo("req-17");
    assertThat(failure)
        .hasMessage("test GET /things/{name}: NOT_FOUND, status 404, code NOT_FOUND, no such SIM");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Request-ID", "Request-Id", "x-correlation-id", "x-amzn-RequestId"})
  void findsTheIdOfTheRequestWhereverItIs(String header) {
    server.enqueue(
        new MockResponse.Builder()
            .code(404)
            .addHeader("Server", "apache")
            .addHeader(header, "req-17")
            .build());

    assertThat(failure().requestId()).isEqualTo("req-17");
  }

  @Test
  void namesNoRequestThatTheProviderDoesNot() {
    enqueue(404, "");

    assertThat(failure().requestId()).isNull();
  }

  @Test
  void saysThatAHostIsUnknown() {
    try (var client =
        TestClient.builder()
            .baseUrl("https://api.example.invalid")
            .retryPolicy(RetryPolicy.none())
            .build()) {
      var failure = catchThrowableOfType(ApiException.class, client.thing("a")::execute);

      assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
      assertThat(failure).hasMessageContaining("the host is unknown: ");
      assertThat(failure).hasMessageContaining("api.example.invalid");
    }
  }

  @Test
  void namesTheLimitOfWhatTookTooLong() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    try (var client = TestClient.builder(server).timeout(Duration.ofMillis(250)).build()) {
      var failure = catchThrowableOfType(ApiException.class, client.thing("a")::execute);

      assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(failure).hasMessageContaining("timeout; the call may take 0.25 s");
    }
  }

  @Test
  void doesNotDoubleTheProvidersFullStop() {
    for (int i = 0; i < 3; i++) {
      enqueue(503, "{\"errorCode\":\"BUSY\",\"errorMessage\":\"Try again later.\"}");
    }
    try (var client = TestClient.builder(server).time(new FakeTime()).build()) {
      assertThatThrownBy(client.thing("a")::execute)
          .hasMessageEndingWith("code BUSY, Try again later; given up after 3 attempts");
    }
  }

  @Test
  void aRequestShowsWhatItAsksForAndNoCredential() {
    try (var client = TestClient.builder(server).build()) {
      assertThat(client.thing("a b")).hasToString("test GET /things/a%20b");
      assertThat(client.thing(".."))
          .hasToString("test ThingRequest[name is not a name of anything: ..]");
      assertThat(client.words()).hasToString("test GET /words");
    }
  }

  @Test
  void saysThatTheJsonEndsTooEarly() {
    enqueue(200, "{\"value\":");

    assertThat(failure()).hasMessageContaining("the JSON ends too early at path $.value");
  }

  @Test
  void saysWhatTheParserSaysButNotHowToUseIt() {
    enqueue(200, "{\"value\":tru}");

    assertThat(failure())
        .hasMessageContaining("malformed JSON at path $.value")
        .hasMessageNotContainingAny("setLenient", "JsonReader");
  }

  @Test
  void hasNoHeadersWithoutAnAnswer() {
    server.close();

    assertThat(failure().headers()).isEqualTo(Headers.EMPTY);
  }

  @Test
  void keepsEightKibibytesOfTheBodyAndCutsNoCharacter() {
    enqueue(500, "€".repeat(5000));

    var failure = failure(client.brittleThing("a"));

    assertThat(failure.body()).isEqualTo("€".repeat(8192 / 3));
    assertThat(failure.body().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(8192);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"value\":1",
        "{\"value\":1}}",
        "{\"value\":1}\n{\"value\":2}",
        "{\"value\":1,}",
        "{'value':1}",
        "{\"value\":tru}",
        "{\"value\":9223372036854775808}",
        "{\"value\":\"\"}",
        "{\"value\":{}}",
        "{\"value\":[1]}",
        "{\"value\":1.5}",
        "{\"value\":-1}",
        "{\"value\":null}",
        "\u0000",
        "\uFEFF\uFEFF{\"value\":1}"
      })
  void refusesASuccessThatIsNotThePromisedJson(String body) {
    enqueue(200, body);

    var failure = failure();

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.status()).isEqualTo(200);
    assertThat(failure).hasMessageContaining("$");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"value\":1,\"errorCode\":\"A\",\"errorMessage\":\"a\"}             | A      | a",
        "{\"errorMessage\":\"a\",\"errorCode\":\"A\",\"value\":1}             | A      | a",
        "{\"errorCode\":\"A\",\"value\":{}}                                   | A      | ",
        "{\"errorMessage\":\"a\",\"value\":1}                                 |        | a",
        "{\"value\":1,\"error\":{\"message\":\"b\",\"code\":\"B\"}}             | B      | b",
        "{\"value\":1,\"fault\":{\"code\":900901,\"message\":\"d\"}}            | 900901 | d",
        "{\"error\":\"invalid\",\"error_description\":\"f\",\"value\":1}      | invalid| f",
        "{\"message\":\"g\",\"responseCode\":\"INVALID\",\"value\":1}         | INVALID| g",
        "{\"responseCode\":\"SUCCESS\",\"errorCode\":\"A\",\"value\":1}       | A      | ",
        "{\"responseCode\":\"G\",\"errorCode\":\"0\",\"value\":1}             | G      | ",
        "{\"type\":\"authentication_error\",\"message\":\"c\"} | authentication_error | c",
      })
  void takesNoErrorForAnAnswerWhateverItsStatusSays(String body, String code, String message) {
    enqueue(202, body);

    var failure = failure();

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.status()).isEqualTo(202);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.providerMessage()).isEqualTo(message);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"responseCode\":\"SUCCESS\",\"message\":\"done\"",
        "\"responseCode\":200",
        "\"errorCode\":0,\"errorMessage\":\"no error\"",
        "\"errorCode\":null,\"errorMessage\":\"\",\"error\":{},\"fault\":null",
        "\"type\":\"usage\",\"message\":\"hello\"",
        "\"other\":{\"errorCode\":\"A\"}",
      })
  void takesAnAnswerForNoErrorThatTellsOfSuccess(String members) {
    enqueue(200, "{" + members + ",\"value\":1}");

    assertThat(client.thing("a").execute()).isEqualTo(1);
  }

  @Test
  void showsThePageThatCameInsteadOfJson() {
    enqueue(200, "<html><body>Please sign in</body></html>");

    assertThat(failure().body()).isEqualTo("<html><body>Please sign in</body></html>");
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "'\"7\"', 7", "7.0, 7", "7e0, 7", "9223372036854775807, 9223372036854775807"})
  void readsANumberHoweverItIsWritten(String written, long read) {
    enqueue(200, "{\"value\":" + written + "}");

    assertThat(client.thing("a").execute()).isEqualTo(read);
  }

  @Test
  void refusesAnAnswerLargerThanTheBound() {
    enqueue(200, "{\"value\":1}" + " ".repeat(100));
    server.enqueue(
        new MockResponse.Builder().chunkedBody("{\"value\":1}" + " ".repeat(100), 10).build());
    enqueue(200, "{\"value\":1}" + " ".repeat(89));

    for (int i = 0; i < 2; i++) {
      var failure = failure();
      assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
      assertThat(failure).hasMessageContaining("maxBodyBytes");
    }
    assertThat(client.thing("a").execute()).isEqualTo(1);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void refusesAnAnswerNestedWithoutEnd() {
    try (var roomy = TestClient.builder(server).build()) {
      enqueue(200, "{\"other\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"value\":1}");

      assertThat(failure(roomy.thing("a")).kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    }
  }

  @Test
  void doesNotFollowRedirects() {
    server.enqueue(
        new MockResponse.Builder().code(302).addHeader("Location", "/base/things/b").build());

    var failure = failure();

    assertThat(failure.kind()).isEqualTo(Kind.UNEXPECTED_STATUS);
    assertThat(failure.status()).isEqualTo(302);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "../admin",
    "a/b",
    "é",
    "%2F",
    "%2e%2e",
    "?x=1",
    "#x",
    "a b",
    "89445000000000000019",
    "..%2F..",
    "a;b=c"
  })
  void keepsAPathValueInOneSegment(String value) throws InterruptedException {
    enqueue(200, "{\"value\":1}");

    client.thing(value).execute();

    var url = server.takeRequest().getUrl();
    assertThat(url.pathSegments()).containsExactly("base", "things", value);
    assertThat(url.query()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "", " ", "a\nb", "a\rb", "a\u0000b"})
  void refusesAPathValueThatNoEncodingCanHold(String value) {
    assertThat(catchThrowableOfType(IllegalArgumentException.class, client.thing(value)::execute))
        .hasMessageContaining("name");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void readsACompressedAnswer() throws IOException {
    var gzipped = new Buffer();
    try (var gzip = Okio.buffer(new GzipSink(gzipped))) {
      gzip.writeUtf8("{\"value\":1}");
    }
    server.enqueue(
        new MockResponse.Builder().addHeader("Content-Encoding", "gzip").body(gzipped).build());

    assertThat(client.thing("a").execute()).isEqualTo(1);
  }

  private ApiException failure() {
    return failure(client.thing("a"));
  }

  private static ApiException failure(TestClient.ThingRequest request) {
    return catchThrowableOfType(
        ApiException.class, request.retryPolicy(RetryPolicy.none())::execute);
  }

  private void enqueue(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }
}
