package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    client = TestClient.builder(server).time(time).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void triesAgainAfterAStatusThatMayPass(int status) {
    enqueue(status, "");
    enqueue(200, "{\"value\": 7}");

    var response = client.thing("a").executeWithResponse();

    assertThat(response.value()).isEqualTo(7);
    assertThat(response.attempts()).isEqualTo(2);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "301, UNEXPECTED_STATUS",
    "400, INVALID_REQUEST",
    "401, UNAUTHENTICATED",
    "402, UNEXPECTED_STATUS",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "409, CONFLICT",
    "422, INVALID_REQUEST",
    "501, SERVER_ERROR",
    "505, SERVER_ERROR"
  })
  void doesNotRepeatWhatWillNotPass(int status, Kind kind) {
    enqueue(status, "");

    var failure = failureOf(client.thing("a"));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void doesNotRepeatA500OfAProviderWhose500DoesNotPass() {
    enqueue(500, "");

    assertThat(failureOf(client.brittleThing("a")).kind()).isEqualTo(Kind.SERVER_ERROR);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void givesUpAfterThreeAttemptsAndSaysSo() {
    for (int i = 0; i < 3; i++) {
      enqueue(503, "{\"error\": {\"message\": \"down for maintenance\", \"code\": \"DOWN\"}}");
    }

    var failure = failureOf(client.thing("a"));

    assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
    assertThat(failure.attempts()).isEqualTo(3);
    assertThat(failure.code()).isEqualTo("DOWN");
    assertThat(failure)
        .hasMessage(
            "test GET /things/{name}: SERVER_ERROR, status 503, code DOWN, down for maintenance;"
                + " given up after 3 attempts");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void waitsLongerEachTimeUpToTheLongestDelay() {
    for (int i = 0; i < 6; i++) {
      enqueue(503, "");
    }
    var policy =
        RetryPolicy.standard()
            .maxAttempts(6)
            .delays(Duration.ofMillis(100), Duration.ofMillis(700));

    failureOf(client.thing("a").retryPolicy(policy));

    assertThat(time.sleeps())
        .extracting(Duration::toMillis)
        .containsExactly(100L, 200L, 400L, 700L, 700L);
  }

  @Test
  void repeatsNothingWithoutAPolicy() {
    enqueue(503, "");

    var failure = failureOf(client.thing("a").retryPolicy(RetryPolicy.none()));

    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void triesAgainWhenTheAnswerBreaksOff() {
    server.enqueue(
        new MockResponse.Builder()
            .body("{\"value\": 7777777777777777}")
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    enqueue(200, "{\"value\": 7}");

    assertThat(client.thing("a").executeWithResponse().attempts()).isEqualTo(2);
  }

  @Test
  void callsAnAnswerThatAlwaysBreaksOffALostConnection() {
    for (int i = 0; i < 3; i++) {
      server.enqueue(
          new MockResponse.Builder()
              .body("{\"value\": 7777777777777777}")
              .onResponseBody(new SocketEffect.CloseSocket())
              .build());
    }

    var failure = failureOf(client.thing("a"));

    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
    assertThat(failure.attempts()).isEqualTo(3).isEqualTo(server.getRequestCount());
  }

  @Test
  void triesAgainWhenTheServerHangsUp() {
    server.enqueue(
        new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());
    enqueue(200, "{\"value\": 7}");

    assertThat(client.thing("a").execute()).isEqualTo(7);
  }

  @Test
  void triesAgainWhenNobodyListens() throws IOException {
    try (var lonely = TestClient.builder().time(time).baseUrl(deadAddress()).build()) {
      var failure = failureOf(lonely.thing("a"));

      assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
      assertThat(failure.status()).isZero();
      assertThat(failure.attempts()).isEqualTo(3);
      assertThat(time.sleeps()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7000",
    "0, 200",
    "'Thu, 01 Jan 2026 00:00:09 GMT', 9000",
    "'Wed, 31 Dec 2025 00:00:00 GMT', 200",
    "soon, 200",
    "-5, 200",
    "1.5, 200"
  })
  void obeysRetryAfterAndIgnoresGarbage(String retryAfter, long expectedMillis) {
    enqueue(429, retryAfter, "");
    enqueue(200, "{\"value\": 7}");

    client.thing("a").execute();

    assertThat(time.sleeps()).extracting(Duration::toMillis).containsExactly(expectedMillis);
  }

  @Test
  void failsAtOnceWhenRetryAfterPassesTheDeadline() {
    enqueue(429, "120", "");

    var failure = failureOf(client.thing("a"));

    assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(120));
    assertThat(failure).hasMessageContaining("the Retry-After of 120 s passes the deadline");
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void doesNotWaitPastTheDeadline() {
    enqueue(503, "");

    var failure =
        failureOf(
            client
                .thing("a")
                .timeout(Duration.ofSeconds(5))
                .retryPolicy(
                    RetryPolicy.standard().delays(Duration.ofSeconds(6), Duration.ofSeconds(9))));

    assertThat(failure).hasMessageContaining("deadline leaves no time");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void countsTheRepetitionsThatOkHttpWouldMakeInSilence() {
    enqueue(503, "0", "");
    enqueue(503, "0", "");
    enqueue(503, "0", "");

    var failure = failureOf(client.thing("a"));

    assertThat(failure.attempts()).isEqualTo(3).isEqualTo(server.getRequestCount());
    assertThat(failure.headers().get("Retry-After")).isEqualTo("0");
  }

  @Test
  void stopsRepeatingDuringAnOutage() {
    server.setDispatcher(always(503));
    var messages = new ArrayList<String>();

    for (int i = 0; i < 300; i++) {
      messages.add(String.valueOf(failureOf(client.thing("a")).getMessage()));
    }

    assertThat(server.getRequestCount()).isLessThanOrEqualTo(750).isGreaterThan(300);
    assertThat(messages.get(299)).contains("retry budget is spent");
  }

  @Test
  void repeatsAgainAfterAnOutage() {
    server.setDispatcher(always(503));
    for (int i = 0; i < 60; i++) {
      failureOf(client.thing("a"));
    }
    server.setDispatcher(always(200));
    for (int i = 0; i < 5; i++) {
      client.thing("a").execute();
    }
    server.setDispatcher(always(503));

    assertThat(failureOf(client.thing("a")).attempts()).isEqualTo(2);
  }

  @Test
  void survivesAThousandRefusedConnections() throws IOException {
    try (var lonely = TestClient.builder().time(time).baseUrl(deadAddress()).build()) {
      var stubborn = RetryPolicy.standard().maxAttempts(90).delays(millis(1), millis(1));
      for (int i = 0; i < 1000; i++) {
        assertThat(failureOf(lonely.thing("a").retryPolicy(stubborn)).kind())
            .isEqualTo(Kind.CONNECTION);
      }
    }
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Dispatcher always(int status) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return new MockResponse.Builder().code(status).body("{\"value\": 7}").build();
      }
    };
  }

  private static String deadAddress() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static ApiException failureOf(TestClient.ThingRequest request) {
    return catchThrowableOfType(ApiException.class, request::execute);
  }

  private void enqueue(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private void enqueue(int status, String retryAfter, String body) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .body(body)
            .addHeader("Retry-After", retryAfter)
            .build());
  }
}
