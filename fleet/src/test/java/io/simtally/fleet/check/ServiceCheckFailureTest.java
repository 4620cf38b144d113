package io.simtally.fleet.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.simulator.Fault;
import io.simtally.simulator.Operation;
import io.simtally.simulator.Reply;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests failures of a check: the printed line and the number of requests. */
class ServiceCheckFailureTest {
  private static final String SERIES =
      """
      {"data":[{"day":"2026-01-02T00:00:00Z","download":1,"total":3,"unit":"bytes","upload":2}]}""";

  private final List<String> printed = new ArrayList<>();
  private final MockWebServer server = new MockWebServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void namesMissingCredentialsAndSendsNothing() {
    var report = run(Map.of("THINGSPACE_KEY", "key-1", "THINGSPACE_USERNAME", "user-1"), plain());

    assertThat(report.isWell()).isFalse();
    assertThat(report.requests()).isZero();
    assertThat(printed)
        .containsExactly(
            """
            thingspace-m2m          FAILED variables  incomplete credentials: only THINGSPACE_KEY, THINGSPACE_USERNAME
                                           -> set THINGSPACE_SECRET and THINGSPACE_PASSWORD, or else THINGSPACE_TOKEN and THINGSPACE_M2M_TOKEN""",
            """
            thingspace-hyperprecise FAILED variables  incomplete credentials: only THINGSPACE_KEY, THINGSPACE_USERNAME
                                           -> set THINGSPACE_SECRET and THINGSPACE_PASSWORD, or else THINGSPACE_TOKEN and THINGSPACE_M2M_TOKEN""");
  }

  @Test
  void namesAnUnknownVariable() {
    run(Map.of("MASON_API_KEY", "key", "MASON_BASE_URL", "http://carrier.example"), plain());

    assertThat(printed)
        .containsExactly(
            """
            mason-usage             FAILED variables  baseUrl is not https, so credentials would travel in clear; use allowCleartext() if that is meant
                                           -> correct that variable""");
  }

  @Test
  void reportsAHostNameWithoutAnAddress() {
    var http =
        plain()
            .newBuilder()
            .dns(
                host -> {
                  throw new UnknownHostException(host);
                })
            .build();

    var report =
        run(Map.of("MASON_API_KEY", "key", "MASON_BASE_URL", "https://carrier.invalid"), http);

    assertThat(report.isWell()).isFalse();
    assertThat(report.requests()).isZero();
    assertThat(printed.subList(1, 3))
        .containsExactly(
            """
            mason-usage             FAILED name       carrier.invalid has no address
                                           -> look at this machine's DNS, and at MASON_BASE_URL if it is set; behind a proxy set https.proxyHost and https.proxyPort""",
            "mason-usage             -      call       none was sent");
  }

  @Test
  void reportsADeadHost() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    var report =
        run(Map.of("MASON_API_KEY", "key", "MASON_BASE_URL", "http://127.0.0.1:" + port), plain());

    assertThat(report.isWell()).isFalse();
    assertThat(report.requests()).isZero();
    assertThat(printed.get(2))
        .isEqualTo(
            """
            mason-usage             FAILED connection 127.0.0.1:%d refuses the connection
                                           -> look for a firewall or a proxy in between, and at MASON_BASE_URL if it is set"""
                .formatted(port));
  }

  @Test
  void stopsAtTheFirstCallThatRefusesTheKey() {
    var mason = MasonSimulator.builder().build();
    try (var running = mason.start()) {
      var report =
          run(Map.of("MASON_API_KEY", "wrong-key", "MASON_BASE_URL", running.url()), plain());

      assertThat(report.isWell()).isFalse();
      // The connection check sends a request to a path that does not exist.
      assertThat(mason.requests()).hasSize(2);
      assertThat(report.requests()).isEqualTo(2);
      assertThat(printed.get(5))
          .contains("FAILED call       GET /beta/{fleet}/data/aggregate/usage: UNAUTHENTICATED")
          .endsWith("-> compare MASON_API_KEY with what the provider gave you: it was not accepted")
          .doesNotContain("wrong-key");
      assertThat(printed.get(6))
          .isEqualTo(
              "mason-usage             -      call       3 more were not sent: the result would be the same");
      assertThat(printed).hasSize(7);
    }
  }

  @Test
  void sendsNoKeyToAServerWhoseCertificateHasExpired() throws IOException {
    var root = new HeldCertificate.Builder().certificateAuthority(0).build();
    var leaf =
        new HeldCertificate.Builder()
            .signedBy(root)
            .addSubjectAlternativeName("localhost")
            .validityInterval(0, TimeUnit.DAYS.toMillis(365))
            .build();
    server.useHttps(
        new HandshakeCertificates.Builder().heldCertificate(leaf).build().sslSocketFactory());
    server.start();

    var report =
        run(
            Map.of(
                "MASON_API_KEY", "key", "MASON_BASE_URL", "https://localhost:" + server.getPort()),
            trusting(root));

    assertThat(report.isWell()).isFalse();
    assertThat(report.requests()).isZero();
    assertThat(server.getRequestCount()).isZero();
    assertThat(printed.get(2))
        .startsWith(
            "mason-usage             FAILED connection the certificate of localhost has expired"
                + " (NotAfter: ")
        .endsWith(
            "-> look at this machine's clock; if that is right, only mason-usage can renew it:"
                + " nothing was sent");
  }

  @Test
  void reportsAMissingPermissionAndContinues() {
    var mason = MasonSimulator.builder().build();
    try (var running = mason.start()) {
      var report =
          run(
              Map.of("MASON_API_KEY", mason.unscopedApiKey(), "MASON_BASE_URL", running.url()),
              plain());

      assertThat(report.isWell()).isFalse();
      assertThat(mason.requests()).hasSize(5);
      assertThat(printed.get(5))
          .contains("FORBIDDEN, status 403")
          .endsWith("-> ask for the scope connect:read: the credential is valid, but lacks it");
    }
  }

  @Test
  void stopsAtARateLimit() {
    var mason = MasonSimulator.builder().build();
    mason.every(1, Fault.tooManyRequests());
    try (var running = mason.start()) {
      run(Map.of("MASON_API_KEY", mason.apiKey(), "MASON_BASE_URL", running.url()), plain());

      assertThat(mason.requests()).hasSize(2);
      assertThat(printed.get(5))
          .contains("RATE_LIMITED, status 429")
          .endsWith("-> wait, and slow down other programs with this key");
    }
  }

  @Test
  void reportsTlsCertificateAndHttpVersion() throws IOException {
    var root = new HeldCertificate.Builder().certificateAuthority(0).build();
    var end = Instant.now().plus(Duration.ofDays(10));
    var leaf =
        new HeldCertificate.Builder()
            .signedBy(root)
            .addSubjectAlternativeName("localhost")
            .validityInterval(0, end.toEpochMilli())
            .build();
    server.useHttps(
        new HandshakeCertificates.Builder().heldCertificate(leaf).build().sslSocketFactory());
    server.setDispatcher(
        answering(
            request ->
                json(200, SERIES)
                    .newBuilder()
                    .addHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            Instant.now().atOffset(ZoneOffset.UTC)))
                    .build()));
    server.start();

    run(
        Map.of("MASON_API_KEY", "key", "MASON_BASE_URL", "https://localhost:" + server.getPort()),
        trusting(root));

    assertThat(printed.get(2))
        .matches(
            "mason-usage             note   connection TLSv1.3, certificate until "
                + LocalDate.ofInstant(end, ZoneOffset.UTC)
                + ", HTTP/2, \\d+ ms: it expires soon");
    assertThat(printed.get(3))
        .matches("mason-usage             ok     clock      \\d+ s from the service's clock");
  }

  @Test
  void reportsAWrongClock() throws IOException {
    var hourAgo =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().minus(Duration.ofMinutes(61)).atOffset(ZoneOffset.UTC));
    server.setDispatcher(
        answering(request -> json(200, SERIES).newBuilder().addHeader("Date", hourAgo).build()));
    server.start();

    var report = run(mason(), plain());

    assertThat(report.isWell()).isFalse();
    assertThat(printed.get(3))
        .isEqualTo(
            """
            mason-usage             FAILED clock      this machine is 1 h 1 min ahead of the service
                                           -> set the clock, best by NTP: a wrong clock shortens tokens and shifts days""");
  }

  @Test
  void reportsAnAnswerOfAProxy() throws IOException {
    server.setDispatcher(
        answering(
            request ->
                new MockResponse.Builder()
                    .addHeader("Content-Type", "text/html; charset=utf-8")
                    .body("<html><body>Please log in</body></html>")
                    .build()));
    server.start();

    var report = run(mason(), plain());

    assertThat(report.isWell()).isFalse();
    assertThat(printed.get(5))
        .contains("FAILED call       GET /beta/{fleet}/data/aggregate/usage: UNREADABLE_RESPONSE")
        .endsWith(
            "-> the response is a web page: look for a proxy or a login page in between,"
                + " and at MASON_BASE_URL if it is set");
  }

  @Test
  void sendsARefusedLoginOnceForBothThingSpaceServices() {
    var thingSpace = ThingSpaceSimulator.builder().build();
    try (var running = thingSpace.start()) {
      var report =
          run(thingSpace(thingSpace, running.url(), "user-refused", "wrong-password"), plain());

      assertThat(report.isWell()).isFalse();
      assertThat(thingSpace.calls(Operation.TOKEN)).hasSize(1);
      assertThat(thingSpace.calls(Operation.LOGIN)).hasSize(1);
      assertThat(thingSpace.requests()).hasSize(3);
      assertThat(report.requests()).isEqualTo(3);
      assertThat(printed.get(4))
          .startsWith("thingspace-m2m          FAILED login      UNAUTHENTICATED")
          .contains("five failures in a row lock the account")
          .doesNotContain("wrong-password");
      assertThat(printed.get(10))
          .startsWith(
              "thingspace-hyperprecise FAILED login      it was refused before in this run, and is"
                  + " not sent again");
    }
  }

  @Test
  void sendsALoginOnceIfItsBearerIsRefused() {
    var thingSpace = ThingSpaceSimulator.builder().build();
    thingSpace
        .on(Operation.LOGIN)
        .next(
            Reply.json(
                401, "{\"fault\":{\"code\":\"900901\",\"message\":\"Invalid Credentials\"}}"));
    try (var running = thingSpace.start()) {
      run(
          thingSpace(thingSpace, running.url(), thingSpace.username(), thingSpace.password()),
          plain());

      assertThat(thingSpace.calls(Operation.TOKEN)).hasSize(1);
      assertThat(thingSpace.calls(Operation.LOGIN)).hasSize(1);
    }
  }

  @Test
  void retriesNoFailedCall() {
    var mason = MasonSimulator.builder().build();
    mason.every(1, Fault.serverError(503));
    try (var running = mason.start()) {
      var report =
          run(Map.of("MASON_API_KEY", mason.apiKey(), "MASON_BASE_URL", running.url()), plain());

      assertThat(report.isWell()).isFalse();
      // HEAD, two aggregates and both paths of the account's series.
      assertThat(mason.requests()).hasSize(5);
      assertThat(printed.get(5))
          .contains("SERVER_ERROR, status 503")
          .endsWith("-> try again later; if it persists, give the provider the request id");
    }
  }

  @Test
  void succeedsWithoutAnOptionalCall() throws IOException {
    server.setDispatcher(
        answering(
            request ->
                request.getUrl().encodedPath().endsWith("/series/usage/sim")
                    ? json(404, "{\"type\":\"not_found\",\"message\":\"no\"}")
                    : json(200, SERIES)));
    server.start();

    var report = run(mason(), plain());

    assertThat(printed)
        .anyMatch(
            line ->
                line.startsWith(
                    "mason-usage             note   call       GET"
                        + " /beta/{fleet}/data/series/usage/sim: NOT_FOUND, status 404"));
    assertThat(printed)
        .contains(
            "mason-usage             note   page       Is the series of the account at usage or at"
                + " usage/sim? usage answers; usage/sim does not (404). Simtally asks at usage"
                + " (mason-account-path)");
    assertThat(report.findings().get(0).lines())
        .filteredOn(line -> line.text().contains("/series/usage/sim:"))
        .extracting(CheckLine::outcome)
        .containsExactly(CheckLine.Outcome.NOTE);
  }

  @Test
  void checksNothingWithoutCredentials() {
    var report = run(Map.of(), plain());

    assertThat(report.findings()).isEmpty();
    assertThat(printed).isEmpty();
  }

  private Map<String, String> mason() {
    return Map.of("MASON_API_KEY", "key", "MASON_BASE_URL", server.url("").toString());
  }

  private static Map<String, String> thingSpace(
      ThingSpaceSimulator simulator, String url, String username, String password) {
    var environment = new HashMap<String, String>();
    environment.put("THINGSPACE_KEY", simulator.key());
    environment.put("THINGSPACE_SECRET", simulator.secret());
    environment.put("THINGSPACE_USERNAME", username);
    environment.put("THINGSPACE_PASSWORD", password);
    environment.put("THINGSPACE_BASE_URL", url);
    return environment;
  }

  private CheckReport run(Map<String, String> environment, OkHttpClient http) {
    return ServiceCheck.of(environment, http, Clock.systemUTC())
        .run(line -> printed.add(line.toString()));
  }

  private static OkHttpClient plain() {
    return new OkHttpClient();
  }

  private static OkHttpClient trusting(HeldCertificate root) {
    var trust =
        new HandshakeCertificates.Builder().addTrustedCertificate(root.certificate()).build();
    return new OkHttpClient.Builder()
        .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
        .build();
  }

  private interface Answering {
    MockResponse answer(RecordedRequest request);
  }

  private static Dispatcher answering(Answering answering) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return answering.answer(request);
      }
    };
  }

  private static MockResponse json(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }
}
