package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.internal.http.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

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

  // RFC 9110, section 5.6.7, gives the three forms of a date.
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "000, 0",
    "1, 1",
    "007, 7",
    "999999999, 999999999",
    "1000000000, 999999999",
    "9223372036854775808, 999999999",
    "'Thu, 01 Jan 2026 00:02:00 GMT', 120",
    "'Thu, 1 Jan 2026 00:02:00 GMT', 120",
    "'Thursday, 01-Jan-26 00:02:00 GMT', 120",
    "'Thu Jan  1 00:02:00 2026', 120",
    "'Sun Jan 11 00:00:00 2026', 864000",
    "'Thu, 01 Jan 2026 00:00:00 GMT', 0",
    "'Wed, 31 Dec 2025 23:59:59 GMT', 0",
    "'Sunday, 06-Nov-94 08:49:37 GMT', 0",
    "'Saturday, 06-Nov-76 08:49:37 GMT', 0",
    "'Friday, 01-Nov-75 00:00:00 GMT', 1572566400",
    "'Fri, 31 Dec 9999 23:59:59 GMT', 251635075199"
  })
  void readsSecondsAndDates(String value, long seconds) {
    assertThat(RetryAfter.of(Headers.of("Retry-After", value), NOW))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "1 s",
        "0x10",
        "7, 8",
        "PT5S",
        "2026-01-01T00:02:00Z",
        "Fri, 01 Jan 2026 00:02:00 GMT",
        "Thu, 32 Jan 2026 00:02:00 GMT",
        "Thu, 01 Jan 2026 24:02:00 GMT",
        "Thu, 01 Jan 2026",
        "Thu, 01 Jan 2026 00:02:00 GMT trailing",
        "Do, 01 Jan 2026 00:02:00 GMT"
      })
  void ignoresGarbage(String value) {
    assertThat(RetryAfter.of(Headers.of("Retry-After", value), NOW)).isNull();
  }

  @Test
  void ofSeveralTheLongestHolds() {
    assertThat(RetryAfter.of(several("3", "soon", "9", "5"), NOW)).isEqualTo(Duration.ofSeconds(9));
    assertThat(RetryAfter.of(several("Thu, 01 Jan 2026 00:00:09 GMT", "3"), NOW))
        .isEqualTo(Duration.ofSeconds(9));
    assertThat(RetryAfter.of(Headers.EMPTY, NOW)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 502, 503, 504})
  void aCallObeysTheLongestOfSeveral(int status) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Retry-After", "5")
            .addHeader("Retry-After", "0")
            .build());
    server.enqueue(new MockResponse.Builder().body("{\"value\":7}").build());

    client.thing("a").execute();

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "408, 99999999999",
    "429, 99999999999",
    "503, 99999999999",
    "503, 2147483648",
    "503, 'Fri, 31 Dec 9999 23:59:59 GMT'"
  })
  void aFarDateFailsAtOnceWithTheAnswersOwnKind(int status, String retryAfter) {
    server.enqueue(
        new MockResponse.Builder().code(status).addHeader("Retry-After", retryAfter).build());

    var failure = catchThrowableOfType(ApiException.class, client.thing("a")::execute);

    assertThat(failure.kind())
        .isEqualTo(
            switch (status) {
              case 408 -> Kind.UNEXPECTED_STATUS;
              case 429 -> Kind.RATE_LIMITED;
              default -> Kind.SERVER_ERROR;
            });
    assertThat(failure).hasMessageContaining("passes the deadline");
    assertThat(failure.headers().values("Retry-After")).containsExactly(retryAfter);
    assertThat(failure.attempts()).isEqualTo(1).isEqualTo(server.getRequestCount());
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void aWaitThatEndsJustBeforeTheDeadlineIsWaited() {
    for (var retryAfter : new String[] {"59", "60"}) {
      server.enqueue(
          new MockResponse.Builder().code(429).addHeader("Retry-After", retryAfter).build());
      if (retryAfter.equals("59")) {
        server.enqueue(new MockResponse.Builder().body("{\"value\":7}").build());
      }
    }

    assertThat(client.thing("a").execute()).isEqualTo(7);
    assertThat(catchThrowableOfType(ApiException.class, client.thing("a")::execute))
        .hasMessageContaining("the Retry-After of 60 s passes the deadline");
  }

  private static Headers several(String... values) {
    var headers = new Headers.Builder();
    for (var value : values) {
      headers.add("Retry-After", value);
    }
    return headers.build();
  }
}
