package io.simtally.reliability.security;

import static io.simtally.reliability.security.RawThingSpace.answers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.reliability.security.RawThingSpace.Login;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import io.simtally.thingspace.m2m.UsageHistoryRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Counts the logins that two independent clients send in ten calls, for each way of refusing a
 * login. Five failed logins in a row lock a ThingSpace user. {@code docs/reliability.md} has the
 * table.
 */
@Timeout(60)
class RefusedLoginsTest {
  private static final AtomicInteger USERS = new AtomicInteger();
  private static final RetryPolicy PROMPT =
      RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1));
  private static final String PASSWORD =
      "{\"errorCode\":\"LoginModule.INPUT_INVALID.Password.Invalid\",\"errorMessage\":\"Invalid password\"}";
  private static final String UNKNOWN = "{\"errorCode\":\"SOMETHING\",\"errorMessage\":\"No\"}";

  private final String user = "user-" + USERS.incrementAndGet();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var each : opened) {
      each.close();
    }
  }

  static Stream<Arguments> waysOfRefusing() {
    return Stream.of(
        way("400 with the code of a wrong password", 1, answers(400, PASSWORD)),
        way("400, a sentence", 3, answers(400, "Invalid password")),
        way("400, a JSON text", 3, answers(400, "\"Invalid password\"")),
        way("400, an array around the error", 3, answers(400, "[" + PASSWORD + "]")),
        way("400, a list of errors", 3, answers(400, "{\"errors\":[" + PASSWORD + "]}")),
        way("400, XML", 3, answers(400, "<error><code>Invalid password</code></error>")),
        way("400, errorMessage alone", 3, answers(400, "{\"errorMessage\":\"Invalid password\"}")),
        way("401", 1, answers(401, "")),
        way(
            "401 with UnexpectedError",
            3,
            answers(401, "{\"errorCode\":\"LoginModule.REQUEST_FAILED.UnexpectedError\"}")),
        way("403 with a code", 1, answers(403, UNKNOWN)),
        way("403 without a code", 3, answers(403, "Forbidden")),
        way("404", 3, answers(404, UNKNOWN)),
        way("406", 3, answers(406, UNKNOWN)),
        way("409", 3, answers(409, UNKNOWN)),
        way("422 with a code", 1, answers(422, UNKNOWN)),
        way("423 ACCOUNT_LOCKED", 1, answers(423, "{\"errorCode\":\"ACCOUNT_LOCKED\"}")),
        way("200 with an error inside", 3, answers(200, UNKNOWN)),
        way("202 with an error inside", 3, answers(202, UNKNOWN)),
        way("429 with a code of LoginModule", 1, answers(429, PASSWORD)),
        way("500 with a code of LoginModule", 1, answers(500, PASSWORD)),
        way("500 without a code", 3, answers(500, "")),
        way("503 with a code of LoginModule", 1, answers(503, PASSWORD)),
        way(
            "an answer that breaks off",
            3,
            socket ->
                RawThingSpace.writeRaw(
                    socket, "HTTP/1.1 400 Bad\r\nContent-Length: 90\r\n\r\n{\"err")),
        way(
            "a success that breaks off",
            3,
            socket ->
                RawThingSpace.writeRaw(
                    socket, "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"sess")),
        way("400 of 20 KiB", 3, answers(400, "x".repeat(20 * 1024))),
        way(
            "400 falsely called gzip",
            3,
            socket -> RawThingSpace.write(socket, 400, "Content-Encoding: gzip\r\n", PASSWORD)),
        way(
            "200 falsely called gzip",
            3,
            socket -> RawThingSpace.write(socket, 200, "Content-Encoding: gzip\r\n", PASSWORD)),
        way("a reset", 3, socket -> socket.setSoLinger(true, 0)),
        way("an end without an answer", 3, socket -> {}),
        way(
            "only a status line",
            3,
            socket -> RawThingSpace.writeRaw(socket, "HTTP/1.1 400 Bad\r\n")));
  }

  private static Arguments way(String name, int logins, Login login) {
    return arguments(name, logins, login);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("waysOfRefusing")
  void limitsTheLogins(String way, int logins, Login login) throws Exception {
    var server = open(RawThingSpace.start(login));

    for (var client :
        List.of(client(server.url(), "secret"), client(server.url() + "/", "secret"))) {
      for (int i = 0; i < 4; i++) {
        assertThat(failure(client).kind()).isNotNull();
      }
      var last = failure(client);
      assertThat(last.kind()).isEqualTo(Kind.UNAUTHENTICATED);
      assertThat(last)
          .hasMessageContaining("no login is sent")
          .hasMessageContaining("forgetRefusal()")
          .hasMessageContaining("The last one: POST /m2m/v1/session/login");
    }

    assertThat(server.logins()).as(way).isEqualTo(logins);
  }

  @Test
  void keepsTheLatestResponseOfTheService() throws Exception {
    var server = open(RawThingSpace.start(answers(400, PASSWORD)));
    failure(client(server.url(), "secret"));

    var later = failure(client(server.url(), "secret"));

    assertThat(later.status()).isEqualTo(400);
    assertThat(later.code()).isEqualTo("LoginModule.INPUT_INVALID.Password.Invalid");
    assertThat(later.providerMessage()).isEqualTo("Invalid password");
  }

  @Test
  void forgettingTheRefusalUnblocksAllHoldersOfTheUser() throws Exception {
    var server = open(RawThingSpace.start(answers(401, "")));
    var client = client(server.url(), "secret");
    failure(client);
    failure(client);
    assertThat(server.logins()).isEqualTo(1);

    credentials("secret").forgetRefusal();

    failure(client);
    assertThat(server.logins()).isEqualTo(2);
  }

  @Test
  void allowsThreeFailedLoginsWithDifferentPasswords() throws Exception {
    var server = open(RawThingSpace.start(answers(401, "")));
    for (var password : List.of("first", "first", "second", "third", "fourth", "fifth")) {
      failure(client(server.url(), password));
    }

    assertThat(server.logins()).isEqualTo(3);
  }

  @Test
  void sendsALoginOnceThatIsNotAnsweredInTime() throws Exception {
    var late = new CountDownLatch(1);
    var server =
        open(
            RawThingSpace.start(
                socket -> {
                  try {
                    late.await();
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                  RawThingSpace.write(socket, 401, "", "");
                }));
    var client = client(server.url(), "secret");
    for (int i = 0; i < 3; i++) {
      var failure =
          catchThrowableOfType(
              ApiException.class, request(client).timeout(Duration.ofMillis(200))::execute);
      assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    }
    late.countDown();

    assertThat(failure(client).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(server.logins()).isEqualTo(1);
  }

  @Test
  void countsNoLoginThatTheServiceDidNotJudge() throws Exception {
    var server = open(RawThingSpace.start(answers(503, "")));
    var client = client(server.url(), "secret");
    for (int i = 0; i < 3; i++) {
      assertThat(failure(client).kind()).isEqualTo(Kind.SERVER_ERROR);
    }

    assertThat(server.logins()).isEqualTo(9);
  }

  @Test
  void reportsTheStatusOfALoginWithARetryAfterOfCenturies() throws Exception {
    var server =
        open(
            RawThingSpace.start(
                socket ->
                    RawThingSpace.write(socket, 503, "Retry-After: 99999999999\r\n", "busy")));

    var failure = failure(client(server.url(), "secret"));

    assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
    assertThat(failure.status()).isEqualTo(503);
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(server.logins()).isEqualTo(1);
  }

  private ThingSpaceCredentials credentials(String password) {
    return ThingSpaceCredentials.oauth("key-of-app", "secret-of-app").login(user, password);
  }

  private ThingSpaceM2m client(String url, String password) {
    return open(
        ThingSpaceM2m.builder()
            .baseUrl(url)
            .credentials(credentials(password))
            .retryPolicy(PROMPT)
            .build());
  }

  private static UsageHistoryRequest request(ThingSpaceM2m client) {
    return client
        .usageHistory()
        .device(DeviceId.imei("990013907835573"))
        .earliest(Instant.parse("2026-01-01T00:00:00Z"))
        .latest(Instant.parse("2026-01-31T00:00:00Z"));
  }

  private static ApiException failure(ThingSpaceM2m client) {
    return catchThrowableOfType(ApiException.class, request(client)::execute);
  }

  private <T extends AutoCloseable> T open(T closed) {
    opened.add(closed);
    return closed;
  }
}
