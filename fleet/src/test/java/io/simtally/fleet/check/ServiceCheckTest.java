package io.simtally.fleet.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.simtally.alef.AlefConnectivity;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.fleet.contract.CheckService;
import io.simtally.fleet.source.Device;
import io.simtally.iotx.IotxAnalytics;
import io.simtally.mason.MasonUsage;
import io.simtally.simulator.Operation;
import io.simtally.simulator.alef.AlefSimulator;
import io.simtally.simulator.carriers.Simulators;
import io.simtally.simulator.iotx.IotxShape;
import io.simtally.simulator.iotx.IotxSimulator;
import io.simtally.simulator.mason.MasonSimulator;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class ServiceCheckTest {
  /** A moment within the days of the simulators. */
  private static final Clock CLOCK =
      Clock.offset(
          Clock.systemUTC(),
          Duration.between(Instant.now(), Instant.parse("2026-01-20T12:00:00Z")));

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2026, 1, 30);

  private final List<String> printed = new ArrayList<>();

  @Test
  void passesWithTheSimulators() {
    try (var simulators =
        Simulators.builder()
            .iotx(IotxSimulator.builder().clock(CLOCK).days(FIRST, LAST).build())
            .mason(MasonSimulator.builder().days(FIRST, LAST).build())
            .alef(AlefSimulator.builder().clock(CLOCK).days(FIRST, LAST).build())
            .thingSpace(ThingSpaceSimulator.builder().days(FIRST, LAST).build())
            .start()) {
      var thingSpace = simulators.thingSpace();
      var imei = Objects.requireNonNull(thingSpace.devices().get(0).idOf("imei"));
      var check =
          ServiceCheck.of(simulators.environment(), new OkHttpClient(), CLOCK)
              .devices(
                  Map.of(
                      "iotx-analytics",
                          new Device(
                              "iccid", simulators.iotx().subscribers().get(0).physicalId(), null),
                      "mason-usage", new Device("iccid", simulators.mason().iccids().get(0), null),
                      "alef-connectivity",
                          new Device(
                              "msisdn", simulators.alef().subscribers().get(0).msisdn(), null),
                      "thingspace-m2m", new Device("imei", imei, null),
                      "thingspace-hyperprecise",
                          new Device("imei", imei, thingSpace.accountNumber())));

      var report = check.run(line -> printed.add(line.toString()));

      assertThat(report.isWell()).isTrue();
      // Two addresses, nine calls of IoT-X, seven of Mason, four of Alef, a login, two calls of
      // M2M and three of Hyper-Precise.
      assertThat(check.requests()).isEqualTo(2 + 9 + 7 + 4 + 2 + 2 + 3);
      assertThat(report.requests()).isEqualTo(check.requests());
      assertThat(simulators.iotx().requests()).hasSize(9);
      assertThat(simulators.mason().requests()).hasSize(7);
      // Alef's v2 is not simulated.
      assertThat(simulators.alef().calls(Operation.REPORT)).hasSize(3);
      assertThat(thingSpace.requests()).hasSize(7);
      assertThat(thingSpace.calls(Operation.TOKEN)).hasSize(1);
      assertThat(thingSpace.calls(Operation.LOGIN)).hasSize(1);
      assertThat(report.findings())
          .allSatisfy(finding -> assertThat(finding.differences()).isEmpty());
      assertThat(steps(report, "mason-usage"))
          .containsExactly(
              "variables GOOD",
              "name GOOD",
              "connection NOTE",
              "clock NOTE",
              "login NOTE",
              "call GOOD",
              "call GOOD",
              "call GOOD",
              "call GOOD",
              "call GOOD",
              "call GOOD",
              "call GOOD",
              "page GOOD",
              "page NOTE",
              "page NOTE",
              "page NOTE",
              "page NOTE",
              "page NOTE",
              "page NOTE",
              "page NOTE");
      assertThat(steps(report, "thingspace-m2m")).contains("login GOOD").doesNotContain("FAILED");
      assertThat(printed)
          .contains(
              "mason-usage             ok     variables  MASON_API_KEY, MASON_BASE_URL",
              "mason-usage             ok     name       127.0.0.1 has 1 address",
              "mason-usage             note   clock      the service does not send its time",
              "mason-usage             note   login      none: the credential goes with each call",
              "mason-usage             ok     page       every answer has the shape that the page"
                  + " shows",
              "mason-usage             note   page       Is the day of end included? no. Simtally"
                  + " hands on what Mason sends; its fleet keeps the days that were asked for"
                  + " (mason-end)",
              "mason-usage             note   page       Is nextPage a cursor or an address? a"
                  + " cursor. Simtally sends a cursor as after; of an address of this call on the"
                  + " same host it takes the cursor (mason-cursor)",
              "alef-connectivity       note   page       Does a time stamp say when an hour or a"
                  + " day starts, or when it ends? when it ends. Simtally takes it for the end: a"
                  + " usage record starts an hour or a day before (alef-buckets)",
              "alef-connectivity       note   page       Does /connectivity/v2/report answer?"
                  + " v2/report does not (404). Simtally speaks v1 (alef-v2)",
              "thingspace-m2m          ok     login      accepted",
              "thingspace-m2m          note   page       Do rows come oldest first? yes. Simtally"
                  + " follows further pages only if they do; otherwise it stops with PAGING_STALLED"
                  + " (m2m-order)",
              "thingspace-hyperprecise ok     login      the session that is open",
              "thingspace-hyperprecise note   page       Which tokens are needed? both tokens"
                  + " together are enough; the session token alone is not enough (401); the bearer"
                  + " token alone is not enough (401). Simtally sends the bearer token and the"
                  + " session token (hyper-precise-tokens)")
          .anyMatch(
              line ->
                  line.matches(
                      "mason-usage             note   connection without TLS, HTTP/1.1, \\d+ ms"))
          .anyMatch(
              line ->
                  line.matches(
                      "mason-usage             ok     call       GET"
                          + " /beta/\\{fleet}/data/series/usage: 200, \\d+ ms, HTTP/1.1"));
    }
  }

  @Test
  void settlesTheOtherReadingsOfThePages() {
    try (var simulators =
        Simulators.builder()
            .iotx(
                IotxSimulator.builder()
                    .clock(CLOCK)
                    .days(FIRST, LAST)
                    .shape(IotxShape.OBSERVED)
                    .build())
            .start()) {
      var check = ServiceCheck.of(simulators.environment(), new OkHttpClient(), CLOCK);

      var report = check.run(line -> printed.add(line.toString()));

      assertThat(report.isWell()).isTrue();
      assertThat(printed)
          .contains(
              "iotx-analytics          note   page       Is content an array or one object? one"
                  + " object. Simtally reads an array, one object and an answer without content"
                  + " (iotx-content)",
              "iotx-analytics          note   page       Is the total called totalDataUsage or"
                  + " totalData? totalData. Simtally reads either as totalDataUsage()"
                  + " (iotx-total)");
    }
  }

  @Test
  void callsHyperPreciseWithBothTokensAndWithEachAlone() throws IOException {
    try (var server = new MockWebServer()) {
      for (var i = 0; i < 4; i++) {
        server.enqueue(
            new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(i == 0 ? "" : "{\"sessions\":[],\"id\":\"0123456789\",\"txid\":\"t\"}")
                .build());
      }
      server.start();
      var environment =
          Map.of(
              "THINGSPACE_TOKEN",
              "b",
              "THINGSPACE_M2M_TOKEN",
              "s",
              "THINGSPACE_BASE_URL",
              server.url("").toString());
      var imei = "353130079055577";

      var report =
          ServiceCheck.of(environment, new OkHttpClient(), CLOCK)
              .devices(Map.of("thingspace-hyperprecise", new Device("imei", imei, "0-1")))
              .run(line -> printed.add(line.toString()));

      assertThat(report.isWell()).isTrue();
      assertThat(report.requests()).isEqualTo(4);
      assertThat(tokens(server)).isEqualTo("null null");
      assertThat(tokens(server)).isEqualTo("Bearer b s");
      assertThat(tokens(server)).isEqualTo("null s");
      assertThat(tokens(server)).isEqualTo("Bearer b null");
      assertThat(printed)
          .contains(
              "thingspace-m2m          note   login      none: THINGSPACE_M2M_TOKEN is an open"
                  + " session",
              "thingspace-hyperprecise ok     login      the session that is open",
              "thingspace-hyperprecise note   page       Which tokens are needed? both tokens"
                  + " together are enough; the session token alone is enough; the bearer token"
                  + " alone is enough. Simtally sends the bearer token and the session token"
                  + " (hyper-precise-tokens)");
    }
  }

  private static String tokens(MockWebServer server) {
    try {
      var headers = server.takeRequest().getHeaders();
      return headers.get("Authorization") + " " + headers.get("VZ-M2M-Token");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void leavesNameResolutionToAProxy() {
    try (var simulators = Simulators.start()) {
      var server = HttpUrl.get(simulators.environment().get("MASON_BASE_URL"));
      var proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(server.host(), server.port()));
      var environment =
          Map.of(
              "MASON_API_KEY",
              simulators.mason().apiKey(),
              "MASON_BASE_URL",
              "http://carrier.localhost:" + server.port());

      var report =
          ServiceCheck.of(environment, new OkHttpClient.Builder().proxy(proxy).build(), CLOCK)
              .run(line -> printed.add(line.toString()));

      assertThat(report.isWell()).isTrue();
      assertThat(printed)
          .contains(
              "mason-usage             note   name       carrier.localhost is left to the proxy");
      assertThat(simulators.mason().requests()).hasSize(4);
    }
  }

  @Test
  void withoutDevicesMakesTheOtherCallsAndLogsIn() {
    try (var simulators = Simulators.start()) {
      var check = ServiceCheck.of(simulators.environment(), new OkHttpClient(), CLOCK);

      var report = check.run(line -> printed.add(line.toString()));

      assertThat(report.isWell()).isTrue();
      assertThat(check.requests()).isEqualTo(2 + 6 + 4 + 2 + 2);
      assertThat(report.requests()).isEqualTo(check.requests());
      assertThat(printed)
          .contains(
              "mason-usage             -      call       GET"
                  + " /beta/{fleet}/data/series/usage/sim/{iccid} needs an iccid of mason-usage in"
                  + " the devices file",
              "thingspace-m2m          ok     login      accepted",
              "thingspace-hyperprecise -      call       POST /hyper-precise/v1/report/sessions"
                  + " needs an imei with its account of thingspace-hyperprecise in the devices"
                  + " file");
    }
  }

  @Test
  void sendsNoLoginWhereTheTokensAreGiven() {
    var check =
        ServiceCheck.of(
            Map.of("THINGSPACE_TOKEN", "t", "THINGSPACE_M2M_TOKEN", "s"),
            new OkHttpClient(),
            CLOCK);

    assertThat(check.providers()).containsExactly("thingspace-m2m", "thingspace-hyperprecise");
    // Only the connection check, and no call without a device.
    assertThat(check.requests()).isOne();
  }

  @Test
  void usesTheDefaultAddressesOfTheClients() {
    try (var iotx = IotxAnalytics.builder().token("t").build();
        var mason = MasonUsage.builder().apiKey("k").build();
        var alef = AlefConnectivity.builder().apiKey("k").build();
        var m2m =
            ThingSpaceM2m.builder().credentials(ThingSpaceCredentials.tokens("b", "s")).build()) {
      assertThat(ServiceCheck.services(Map.of()))
          .extracting(CheckService::defaultBaseUrl)
          .zipSatisfy(
              List.of(
                  iotx.toString(),
                  mason.toString(),
                  alef.toString(),
                  m2m.toString(),
                  m2m.toString()),
              (url, client) -> assertThat(client).contains("[" + url));
    }
  }

  @Test
  void listsTheVariablesOfEachService() {
    assertThat(ServiceCheck.variables())
        .containsExactly(
            "iotx-analytics: IOTX_TOKEN",
            "mason-usage: MASON_API_KEY",
            "alef-connectivity: ALEF_API_KEY, ALEF_ACCOUNT_ID",
            "thingspace-m2m: THINGSPACE_KEY, THINGSPACE_SECRET, THINGSPACE_USERNAME,"
                + " THINGSPACE_PASSWORD, or THINGSPACE_TOKEN, THINGSPACE_M2M_TOKEN",
            "thingspace-hyperprecise: THINGSPACE_KEY, THINGSPACE_SECRET, THINGSPACE_USERNAME,"
                + " THINGSPACE_PASSWORD, or THINGSPACE_TOKEN, THINGSPACE_M2M_TOKEN");
  }

  private static List<String> steps(CheckReport report, String provider) {
    return report.findings().stream()
        .filter(finding -> finding.provider().equals(provider))
        .flatMap(finding -> finding.lines().stream())
        .map(line -> line.step() + " " + line.outcome())
        .toList();
  }
}
