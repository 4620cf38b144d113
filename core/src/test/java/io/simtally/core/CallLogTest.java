package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.simtally.core.auth.ThingSpaceAuth;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks the log lines that an operator reads. */
class CallLogTest {
  private final MockWebServer server = new MockWebServer();
  private final FakeTime time = new FakeTime();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream realError = System.err;

  @BeforeEach
  void start() throws IOException {
    server.setServerSocketFactory(new PromptSockets());
    server.start();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    System.setErr(realError);
    server.close();
  }

  @Test
  void oneLinePerAttemptAndOneForTheWaitBetween() {
    enqueue(503, 200);
    try (var client = TestClient.builder(server).time(time).build()) {
      client.thing("354394080001238").execute();
    }

    assertThat(lines("io.simtally.calls"))
        .containsExactly(
            "DEBUG test GET /things/{name} attempt 1 -> 503 after 0 ms (call #)",
            "DEBUG test GET /things/{name} again in 200 ms (call #)",
            "DEBUG test GET /things/{name} attempt 2 -> 200 after 0 ms (call #)");
  }

  @Test
  void anAnswerThatBreaksOffIsNotLoggedAsASuccess() {
    server.enqueue(
        new MockResponse.Builder()
            .body("{\"value\":1234567}")
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    try (var client =
        TestClient.builder(server).time(time).retryPolicy(RetryPolicy.none()).build()) {
      assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
    }

    assertThat(lines("io.simtally.calls"))
        .singleElement()
        .asString()
        .matches(
            "DEBUG test GET /things/\\{name} attempt 1 -> \\w*Exception after 0 ms \\(call #\\)");
  }

  @Test
  void anOutageIsWarnedOfOnce() {
    try (var client = TestClient.builder(server).time(time).build()) {
      for (int i = 0; i < 120; i++) {
        enqueue(503, 503, 503);
      }
      for (int i = 0; i < 120; i++) {
        assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
      }
    }

    assertThat(lines("io.simtally.calls"))
        .filteredOn(line -> line.startsWith("WARN"))
        .containsExactly(
            "WARN test: so many calls fail that failures are no longer repeated, until calls succeed"
                + " again");
  }

  @Test
  void aRefusedLoginIsWarnedOfOnce() {
    server.enqueue(
        new MockResponse.Builder()
            .body("{\"access_token\":\"a-bearer\",\"expires_in\":3600}")
            .build());
    server.enqueue(
        new MockResponse.Builder()
            .code(401)
            .body("{\"errorCode\":\"UnifiedWebService.INVALID_CREDENTIALS\"}")
            .build());
    var credentials = ThingSpaceCredentials.oauth("the-key", "the-secret").login("joe", "p4ss");
    credentials.forgetRefusal();
    try (var client =
        TestClient.builder(server)
            .time(time)
            .auth((url, calls) -> new ThingSpaceAuth(url, credentials, calls))
            .build()) {
      assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
      assertThat(catchThrowable(client.thing("a")::execute)).isInstanceOf(ApiException.class);
    }

    assertThat(lines("io.simtally.auth"))
        .containsExactly(
            "DEBUG POST /ts/v1/oauth2/token -> 200",
            "DEBUG ThingSpace bearer token fetched after 0 ms",
            "DEBUG POST /m2m/v1/session/login -> 401",
            "WARN ThingSpace session token: POST /m2m/v1/session/login refused the login (status"
                + " 401); it is not sent again until forgetRefusal()");
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("p4ss", "a-bearer");
  }

  @Test
  void aListenerThatAlwaysThrowsIsWarnedOfOnce() {
    enqueue(200, 200);
    CallListener broken =
        new CallListener() {
          @Override
          public void callFinished(Finished event) {
            throw new IllegalStateException("no registry");
          }
        };
    try (var client = TestClient.builder(server).time(time).listener(broken).build()) {
      client.thing("a").execute();
      client.thing("a").execute();
    }

    assertThat(lines("io.simtally.listener"))
        .extracting(line -> line.substring(0, line.indexOf(" on ")))
        .containsExactly("WARN A CallListener failed", "DEBUG A CallListener failed");
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("no registry");
  }

  private void enqueue(int... statuses) {
    for (var status : statuses) {
      server.enqueue(new MockResponse.Builder().code(status).body("{\"value\":1}").build());
    }
  }

  /**
   * Returns the level and message of a logger's lines, without the call number, which differs
   * between runs.
   */
  private List<String> lines(String logger) {
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains(" " + logger + " - "))
        .map(
            line ->
                line.replaceFirst("^\\[.*?] (\\w+) \\S+ - ", "$1 ")
                    .replaceFirst("\\(call \\d+\\)", "(call #)"))
        .toList();
  }
}
