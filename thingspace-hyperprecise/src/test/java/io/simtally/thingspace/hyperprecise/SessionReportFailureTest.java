package io.simtally.thingspace.hyperprecise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.RetryPolicy;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionReportFailureTest {
  private static final String REPORT = "/api/hyper-precise/v1/report/sessions";
  private static final String LOGIN = "/api/m2m/v1/session/login";
  private static final String OAUTH = "/api/ts/v1/oauth2/token";

  private final MockWebServer server = new MockWebServer();
  private ThingSpaceHyperPrecise client;

  @BeforeEach
  void start() throws IOException {
    server.start();
    use(ThingSpaceCredentials.tokens("the-bearer", "the-session"));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_REQUEST, INVALID_PARAMETER, 'Device Not Found, Request will be queued'",
    "401, UNAUTHENTICATED, INVALID_ACCESS,"
        + " The access policy denied the resource operation for this user",
    "403, FORBIDDEN, INVALID_PARAMETER, Device Not Certified",
    "404, NOT_FOUND, INVALID_PARAMETER, Device inactive",
    "409, CONFLICT, INVALID_PARAMETER, Service Not Purchased",
    "500, SERVER_ERROR, INTERNAL_ERROR, Device is active in several accounts",
  })
  void reportsTheSixDocumentedFailures(int status, Kind kind, String code, String message) {
    enqueue(status, sample("error-" + status + ".json"));

    var failure = failureOf(request());

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.providerMessage()).isEqualTo(message);
    assertThat(failure.provider()).isEqualTo("thingspace-hyperprecise");
    assertThat(failure.operation()).isEqualTo("POST /hyper-precise/v1/report/sessions");
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(failure.body()).isEqualTo(sample("error-" + status + ".json"));
    assertThat(failure)
        .hasMessageContaining("POST /hyper-precise/v1/report/sessions")
        .hasMessageContaining(kind.name())
        .hasMessageContaining(code)
        .hasMessageContaining(message);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"txid\":\"t\",\"responseCode\":\"INVALID_PARAMETER\",\"message\":\"Device inactive\"}",
        "{\"txid\":\"t\",\"errorCode\":\"INVALID_PARAMETER\",\"errorMessage\":\"Device inactive\"}",
        "{\"sessions\":[],\"errorMessage\":\"Device inactive\",\"errorCode\":\"INVALID_PARAMETER\"}",
        "{\"id\":\"i\",\"fault\":{\"code\":\"INVALID_PARAMETER\",\"message\":\"Device inactive\"}}",
      })
  void neverReadsAnErrorAsAnEmptyReportWithAnyStatus(String body) {
    enqueue(200, body);

    var failure = failureOf(request());

    assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE_RESPONSE);
    assertThat(failure.code()).isEqualTo("INVALID_PARAMETER");
    assertThat(failure.providerMessage()).isEqualTo("Device inactive");
  }

  @Test
  void acceptsTheResponseCodeOfASuccess() {
    enqueue(200, "{\"txid\":\"t\",\"responseCode\":\"SUCCESS\",\"message\":\"\",\"sessions\":[]}");

    assertThat(request().execute().sessions()).isEmpty();
  }

  @Test
  void doesNotRetryADeviceOfAnotherAccount() {
    enqueue(500, sample("error-500.json"));
    enqueue(200, "{\"sessions\": []}");

    assertThat(failureOf(request()).kind()).isEqualTo(Kind.SERVER_ERROR);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"408", "429", "502", "503", "504"})
  void retriesTransientFailures(int status) {
    enqueue(status, "");
    enqueue(200, "{\"sessions\": []}");

    assertThat(request().executeWithResponse().attempts()).isEqualTo(2);
  }

  @Test
  void readsTheErrorsOfThePublishedSdk() {
    enqueue(
        400,
        """
        {"responseCode": "INVALID_PARAMETER", "message": "Device Not Found"}""");
    enqueue(
        403,
        """
        {"responseCode": "INVALID_ACCESS", "message": "No access",
         "fault": {"code": "900908", "message": "Resource forbidden", "description": "No"}}""");
    enqueue(
        409,
        """
        {"httpStatusCode": 409, "errorCode": "INVALID_PARAMETER", "errorMessage": "Conflict",
         "detailErrorMessage": "Service Not Purchased"}""");
    enqueue(502, "<html>Bad gateway</html>");

    var plain = failureOf(request());
    var withFault = failureOf(request());
    var detailed = failureOf(request());
    var noJson = failureOf(request().retryPolicy(RetryPolicy.none()));

    assertThat(plain.kind()).isEqualTo(Kind.INVALID_REQUEST);
    assertThat(plain.code()).isEqualTo("INVALID_PARAMETER");
    assertThat(plain.providerMessage()).isEqualTo("Device Not Found");
    assertThat(withFault.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(withFault.code()).isEqualTo("900908");
    assertThat(withFault.providerMessage()).isEqualTo("No access");
    assertThat(detailed.kind()).isEqualTo(Kind.CONFLICT);
    assertThat(detailed.code()).isEqualTo("INVALID_PARAMETER");
    assertThat(detailed.providerMessage()).isEqualTo("Conflict");
    assertThat(noJson.kind()).isEqualTo(Kind.SERVER_ERROR);
    assertThat(noJson.code()).isNull();
    assertThat(noJson.body()).isEqualTo("<html>Bad gateway</html>");
  }

  @Test
  void logsInAgainOnceWhenTheSessionHasExpired() {
    use(login());
    enqueueTokens("bearer-1", "session-1");
    enqueue(400, expiredSession());
    enqueue(200, "{\"sessionToken\": \"session-2\"}");
    enqueue(200, "{\"sessions\": []}");

    assertThat(request().executeWithResponse().attempts()).isEqualTo(2);

    assertThat(sent())
        .containsExactly(
            OAUTH, LOGIN, REPORT + " bearer-1 session-1", LOGIN, REPORT + " bearer-1 session-2");
  }

  @Test
  void fetchesAnotherBearerWithoutAnotherLogin() {
    use(login());
    enqueueTokens("bearer-1", "session-1");
    enqueue(401, "{\"fault\": {\"code\": 900901, \"message\": \"Invalid Credentials\"}}");
    enqueue(200, "{\"access_token\": \"bearer-2\", \"expires_in\": 3600}");
    enqueue(200, "{\"sessions\": []}");

    request().execute();

    assertThat(sent())
        .containsExactly(
            OAUTH, LOGIN, REPORT + " bearer-1 session-1", OAUTH, REPORT + " bearer-2 session-1");
  }

  @Test
  void refreshesAtMostOnceIfThePolicyDenies() {
    use(login());
    enqueueTokens("bearer-1", "session-1");
    enqueue(401, sample("error-401.json"));
    enqueue(200, "{\"sessionToken\": \"session-2\"}");
    enqueue(401, sample("error-401.json"));

    var failure = failureOf(request());

    assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(failure.code()).isEqualTo("INVALID_ACCESS");
    assertThat(failure.attempts()).isEqualTo(2);
    assertThat(sent())
        .containsExactly(
            OAUTH, LOGIN, REPORT + " bearer-1 session-1", LOGIN, REPORT + " bearer-1 session-2");

    enqueue(401, sample("error-401.json"));

    assertThat(failureOf(request()).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(sent())
        .as("a login per denied call")
        .containsExactly(REPORT + " bearer-1 session-2");
  }

  @ParameterizedTest
  @CsvSource({
    "400, SESSION",
    "401, POLICY",
    "401, GATEWAY",
  })
  void doesNotSendRefusedFixedTokensAgain(int status, String why) {
    enqueue(
        status,
        switch (why) {
          case "SESSION" -> expiredSession();
          case "POLICY" -> sample("error-401.json");
          default -> "{\"fault\": {\"code\": 900901, \"message\": \"Invalid Credentials\"}}";
        });

    var failure = failureOf(request());

    assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void redactsTokensThatTheServerRepeats() {
    server.enqueue(
        new MockResponse.Builder()
            .code(403)
            .setHeader("X-Request-Id", "the-session")
            .body(
                """
                {"errorCode": "the-bearer", "errorMessage": "Not for Bearer the-bearer",
                 "session": "the-session"}""")
            .build());

    var failure = failureOf(request());

    assertThat(failure.toString()).doesNotContain("the-bearer", "the-session");
    assertThat(failure.code()).doesNotContain("the-bearer");
    assertThat(failure.providerMessage()).doesNotContain("the-bearer");
    assertThat(failure.body())
        .doesNotContain("the-bearer", "the-session")
        .contains("Not for Bearer");
    assertThat(failure.requestId()).doesNotContain("the-session");
    assertThat(failure.headers().toString()).doesNotContain("the-session");
  }

  @Test
  void logsNoTokenAndNoName() {
    use(login());
    enqueueTokens("bearer-1", "session-1");
    enqueue(400, expiredSession());
    enqueue(200, "{\"sessionToken\": \"session-2\"}");
    enqueue(409, sample("error-409.json"));
    var log = new ByteArrayOutputStream();
    var before = System.err;
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      failureOf(request());
    } finally {
      System.setErr(before);
    }

    assertThat(log.toString(UTF_8))
        .contains("POST /hyper-precise/v1/report/sessions", "409")
        .doesNotContain("bearer-1", "session-1", "session-2")
        .doesNotContain("the-key", "the-secret", "the-user", "the-password")
        .doesNotContain("0844021539-00001", "354658090356210", "Service Not Purchased");
  }

  private static ThingSpaceCredentials login() {
    var login =
        ThingSpaceCredentials.oauth("the-key", "the-secret").login("the-user", "the-password");
    login.forgetRefusal();
    return login;
  }

  private void use(ThingSpaceCredentials credentials) {
    if (client != null) {
      client.close();
    }
    client =
        ThingSpaceHyperPrecise.builder()
            .baseUrl(server.url("/api").toString())
            .credentials(credentials)
            .retryPolicy(RetryPolicy.standard().delays(Duration.ofMillis(1), Duration.ofMillis(1)))
            .build();
  }

  private SessionReportRequest request() {
    return client.sessionReport().accountNumber("0844021539-00001").imei("354658090356210");
  }

  private static ApiException failureOf(SessionReportRequest request) {
    return catchThrowableOfType(ApiException.class, request::execute);
  }

  private void enqueueTokens(String bearer, String session) {
    enqueue(200, "{\"access_token\": \"" + bearer + "\", \"expires_in\": 3600}");
    enqueue(200, "{\"sessionToken\": \"" + session + "\"}");
  }

  private static String expiredSession() {
    return """
        {"errorCode": "UnifiedWebService.REQUEST_FAILED.SessionToken.Expired",
         "errorMessage": "Invalid login session. SessionToken has expired."}""";
  }

  private void enqueue(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  /**
   * Returns the requests since the last call of this method: the path, and for reports also the
   * tokens.
   */
  private List<String> sent() {
    var sent = new ArrayList<String>();
    try {
      for (var request = server.takeRequest(0, TimeUnit.SECONDS);
          request != null;
          request = server.takeRequest(0, TimeUnit.SECONDS)) {
        var path = request.getUrl().encodedPath();
        sent.add(
            path.equals(REPORT)
                ? path
                    + request.getHeaders().get("Authorization").substring("Bearer".length())
                    + " "
                    + request.getHeaders().get("VZ-M2M-Token")
                : path);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return sent;
  }

  private static String sample(String name) {
    try (var source =
        Okio.buffer(Okio.source(SessionReportFailureTest.class.getResourceAsStream(name)))) {
      return source.readUtf8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
