package io.simtally.simulator.thingspace;

import static io.simtally.simulator.thingspace.ThingSpaceCalls.byDevice;
import static io.simtally.simulator.thingspace.ThingSpaceCalls.hyperPreciseFixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.simulator.Answer;
import io.simtally.simulator.Fault;
import io.simtally.simulator.January;
import io.simtally.simulator.JsonObject;
import io.simtally.simulator.SimulatorTest;
import io.simtally.simulator.SteppingClock;
import io.simtally.simulator.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionReportTest extends SimulatorTest {
  private static final String IMEI = "354658090356210";
  private static final Instant START = Instant.parse("2022-12-09T22:01:06.217Z");
  private static final LocalDate FIRST = LocalDate.of(2026, 2, 1);
  private static final LocalDate LAST = LocalDate.of(2026, 2, 28);

  @Test
  void answersTheSampleAsThePageDoes() throws Exception {
    ThingSpaceSimulator simulator =
        January.of(ThingSpaceSimulator.builder())
            .clock(January.at("2022-12-31T12:00:00Z"))
            .accountNumber("string")
            .sessions(IMEI, new SimulatedSession(START, START.plusSeconds(1), 0))
            .build();
    // The page's values are placeholders.
    String request =
        hyperPreciseFixture("session-report.request.json")
            .replace("\"imei\": \"string\"", "\"imei\": \"" + IMEI + "\"")
            .replace("\"startDate\": \"string\"", "\"startDate\": \"2022-12-09T22:01:06Z\"")
            .replace("\"endDate\": \"string\"", "\"endDate\": \"2022-12-09T22:01:08Z\"")
            .replace("\"durationHigh\": 0", "\"durationHigh\": 1");

    Answer answer = start(simulator).logIn().sessionReport(request);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text("txid"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    String documented =
        hyperPreciseFixture("session-report.response.json")
            .replace("\"startTime\": \"string\"", "\"startTime\": \"2022-12-09T22:01:06.217Z\"")
            .replace("\"endTime\": \"string\"", "\"endTime\": \"2022-12-09T22:01:07.217Z\"")
            .replace("{10-digit device ID}", IMEI)
            .replace("\"txid\": \"string\"", "\"txid\": \"" + answer.text("txid") + "\"");
    assertThat(answer.json()).isEqualTo(Answer.json(documented));
  }

  @Test
  void namesADeviceByTheTenDigitsThatThePagePromises() throws Exception {
    ThingSpaceSimulator simulator = January.of(ThingSpaceSimulator.builder()).build();
    SimulatedDevice device = simulator.devices().get(0);
    ThingSpaceCalls calls = start(simulator);

    Answer answer = calls.logIn().sessionReport(calls.byImei(imeiOf(device)));

    assertThat(answer.object().names()).containsExactly("sessions", "id", "txid");
    assertThat(answer.text("id")).matches("[0-9]{10}").isEqualTo(device.idOf("mdn"));
  }

  @Test
  void leavesTheSessionsOutWhereThereAreNone() throws Exception {
    ThingSpaceSimulator simulator =
        January.of(ThingSpaceSimulator.builder())
            .device(SimulatedDevice.of("imei", IMEI))
            .sessions("354658090356211")
            .build();
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();

    for (String imei : List.of(IMEI, "354658090356211")) {
      Answer answer = tokens.sessionReport(calls.byImei(imei));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.object().names()).containsExactly("id", "txid");
      assertThat(answer.text("id")).isEqualTo(imei);
    }
  }

  @Test
  void givesEveryReportAnIdOfItsOwn() throws Exception {
    ThingSpaceCalls calls = start(January.of(ThingSpaceSimulator.builder()).sessions(IMEI).build());
    ThingSpaceCalls.Tokens tokens = calls.logIn();

    assertThat(tokens.sessionReport(calls.byImei(IMEI)).text("txid"))
        .isNotEqualTo(tokens.sessionReport(calls.byImei(IMEI)).text("txid"));
  }

  @Test
  void reportsTheSessionsThatBeginAndEndInTheRange() throws Exception {
    Instant day = Instant.parse("2026-01-05T00:00:00Z");
    ThingSpaceSimulator simulator =
        January.of(ThingSpaceSimulator.builder())
            .sessions(
                IMEI,
                // In another order.
                new SimulatedSession(day.plusSeconds(100), day.plusSeconds(200), 3),
                new SimulatedSession(day, day.plusSeconds(10), 1),
                new SimulatedSession(day.plusSeconds(50), day.plusSeconds(60), 2))
            .build();
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();

    assertThat(bytes(tokens, calls, "")).containsExactly(1L, 2L, 3L);
    assertThat(bytes(tokens, calls, "'startDate':'2026-01-05T00:00:50Z'")).containsExactly(2L, 3L);
    assertThat(bytes(tokens, calls, "'startDate':'2026-01-05T00:00:50.001Z'")).containsExactly(3L);
    assertThat(bytes(tokens, calls, "'endDate':'2026-01-05T00:01:00Z'")).containsExactly(1L, 2L);
    assertThat(bytes(tokens, calls, "'endDate':'2026-01-05T01:00:59+01:00'")).containsExactly(1L);
    assertThat(
            bytes(
                tokens,
                calls,
                "'startDate':'2026-01-05T00:00:01Z','endDate':'2026-01-05T00:03:19Z'"))
        .containsExactly(2L);
    assertThat(
            bytes(
                tokens,
                calls,
                "'startDate':'2027-01-05T00:00:00Z','endDate':'2027-01-05T00:00:00Z'"))
        .isEmpty();
  }

  @Test
  void keepsSessionsForAHundredAndEightyDays() throws Exception {
    Instant oldest = Instant.parse("2025-08-05T00:00:00Z");
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder()
            .clock(January.at("2026-01-31T12:00:00Z"))
            .sessions(
                IMEI,
                new SimulatedSession(oldest.minusSeconds(1), oldest, 1),
                new SimulatedSession(oldest, oldest.plusSeconds(1), 2))
            .build();
    ThingSpaceCalls calls = start(simulator);

    assertThat(bytes(calls.logIn(), calls, "'startDate':'2020-01-01'")).containsExactly(2L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2022-12-09",
        "20221209",
        "2022-12-09T22:01Z",
        "2022-12-09T22:01:06Z",
        "2022-12-09T23:01:06.217+01:00",
        "20221209T220106Z",
        "20221209T230106.217+0100",
      })
  void takesTheFormsOfIso8601(String date) throws Exception {
    ThingSpaceSimulator simulator =
        ThingSpaceSimulator.builder()
            .clock(January.at("2022-12-31T12:00:00Z"))
            .sessions(IMEI, new SimulatedSession(START, START, 1))
            .build();
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();

    assertThat(bytes(tokens, calls, "'startDate':'" + date + "'")).containsExactly(1L);
    assertThat(bytes(tokens, calls, "'startDate':'2022-12-10'")).isEmpty();
    assertThat(bytes(tokens, calls, "'endDate':'20221209'")).containsExactly(1L);
  }

  @Test
  void reportsTheSessionsThatLastAsLongAsAskedInSeconds() throws Exception {
    ThingSpaceSimulator simulator =
        January.of(ThingSpaceSimulator.builder())
            .clock(January.at("2022-12-31T12:00:00Z"))
            .sessions(
                IMEI,
                new SimulatedSession(START, START, 1),
                new SimulatedSession(START, START.plusSeconds(30), 2),
                new SimulatedSession(START, START.plusSeconds(60), 3))
            .build();
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();

    assertThat(bytes(tokens, calls, "'durationLow':30")).containsExactly(2L, 3L);
    assertThat(bytes(tokens, calls, "'durationHigh':30")).containsExactly(1L, 2L);
    assertThat(bytes(tokens, calls, "'durationLow':30,'durationHigh':30")).containsExactly(2L);
    assertThat(bytes(tokens, calls, "'durationLow':31,'durationHigh':59")).isEmpty();
    assertThat(bytes(tokens, calls, "'durationLow':0,'durationHigh':0")).containsExactly(1L);
    assertThat(bytes(tokens, calls, "'durationHigh':9223372036854775807")).hasSize(3);
  }

  @Test
  void refusesDevicesInTheDocumentedWays() throws Exception {
    Map<HyperPreciseError, Integer> documented =
        Map.of(
            HyperPreciseError.DEVICE_NOT_FOUND, 400,
            HyperPreciseError.ACCESS_DENIED, 401,
            HyperPreciseError.DEVICE_NOT_CERTIFIED, 403,
            HyperPreciseError.DEVICE_INACTIVE, 404,
            HyperPreciseError.SERVICE_NOT_PURCHASED, 409,
            HyperPreciseError.DEVICE_IN_SEVERAL_ACCOUNTS, 500);
    for (HyperPreciseError refusal : HyperPreciseError.values()) {
      ThingSpaceSimulator simulator =
          January.of(ThingSpaceSimulator.builder())
              .sessions(IMEI, new SimulatedSession(START, START, 1))
              .refuseSessionReport(IMEI, refusal)
              .build();
      ThingSpaceCalls calls = start(simulator);
      ThingSpaceCalls.Tokens tokens = calls.logIn();

      for (int i = 0; i < 2; i++) {
        tokens.sessionReport(calls.byImei(IMEI)).isHyperPreciseError(documented.get(refusal));
      }
      String other = imeiOf(simulator.devices().get(0));
      assertThat(tokens.sessionReport(calls.byImei(other)).sessions()).isNotEmpty();
      assertThat(simulator.traffic().refusedRequests()).isEqualTo(2);
      assertThat(simulator.sessionReportTraffic().requests()).isEqualTo(3);
    }
  }

  @Test
  void knowsNoOtherDeviceAndNoOtherAccount() throws Exception {
    ThingSpaceSimulator simulator =
        January.of(ThingSpaceSimulator.builder()).accountNumber("0000123456-00001").build();
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();
    String good = calls.byImei(imeiOf(simulator.devices().get(0)));
    assertThat(tokens.sessionReport(good).status()).isEqualTo(200);

    tokens.sessionReport(calls.byImei(IMEI)).isHyperPreciseError(400);
    tokens.sessionReport(good.replace("0000123456", "123456")).isHyperPreciseError(401);
  }

  @Test
  void oneLoginOpensBothServices() throws Exception {
    ThingSpaceSimulator simulator = January.of(ThingSpaceSimulator.builder()).build();
    SimulatedDevice device = simulator.devices().get(0);
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();

    assertThat(tokens.usage(byDevice(device)).status()).isEqualTo(200);
    assertThat(tokens.sessionReport(calls.byImei(imeiOf(device))).status()).isEqualTo(200);
    assertThat(tokens.usage(byDevice(device)).status()).isEqualTo(200);
    assertThat(simulator.traffic().tokenRequests()).isEqualTo(1);
    assertThat(simulator.traffic().loginRequests()).isEqualTo(1);
    assertThat(simulator.traffic().usageRequests()).isEqualTo(2);
  }

  @Test
  void asksForBothTokens() throws Exception {
    ThingSpaceCalls calls = start(January.of(ThingSpaceSimulator.builder()).sessions(IMEI).build());
    ThingSpaceCalls.Tokens tokens = calls.logIn();
    String good = calls.byImei(IMEI);

    calls
        .send(tokens.sessionReportRequest(good).removeHeader("Authorization"))
        .isGatewayError(401, "900902", "Missing Credentials");
    calls
        .send(calls.sessionReportRequest("wrong", tokens.session, good))
        .isGatewayError(401, "900901", "Invalid Credentials");
    calls
        .send(tokens.sessionReportRequest(good).removeHeader("VZ-M2M-Token"))
        .isHyperPreciseError(401);
    calls.send(calls.sessionReportRequest(tokens.bearer, "wrong", good)).isHyperPreciseError(401);
    assertThat(tokens.sessionReport(good).status()).isEqualTo(200);
  }

  @Test
  void keepsASessionAliveAndRefusesItAfterTwentyIdleMinutes() throws Exception {
    SteppingClock clock = new SteppingClock();
    ThingSpaceSimulator simulator =
        January.of(ThingSpaceSimulator.builder()).clock(clock).sessions(IMEI).build();
    String usage = byDevice(simulator.devices().get(0));
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();

    clock.advance(Duration.ofMinutes(19));
    assertThat(tokens.sessionReport(calls.byImei(IMEI)).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(19));
    assertThat(tokens.usage(usage).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(20));

    tokens.sessionReport(calls.byImei(IMEI)).isHyperPreciseError(401);
    tokens.usage(usage).isM2mError("REQUEST_FAILED.SessionToken.Expired");
  }

  @Test
  void hasFaultsOfItsOwn() throws Exception {
    ThingSpaceSimulator simulator =
        January.of(ThingSpaceSimulator.builder())
            .clock(January.at("2022-12-31T12:00:00Z"))
            .sessions(IMEI, new SimulatedSession(START, START, 1))
            .build();
    String usage = byDevice(simulator.devices().get(0));
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();
    String good = calls.byImei(IMEI);
    simulator
        .sessionReportFaults()
        .next(Fault.tooManyRequests(Duration.ofSeconds(7)), Fault.cutOffBody());

    assertThat(tokens.usage(usage).status()).isEqualTo(200);
    Answer throttled = tokens.sessionReport(good);
    throttled.isGatewayError(429, "900800", "Message throttled out");
    assertThat(throttled.headers().get("Retry-After")).isEqualTo("7");
    assertThatThrownBy(() -> tokens.sessionReport(good)).isInstanceOf(IOException.class);
    assertThat(simulator.sessionReportTraffic()).isEqualTo(new SessionReportTraffic(2, 0, 0));
    assertThat(tokens.sessionReport(good).sessions()).hasSize(1);
  }

  @Test
  void refusesExpiredCredentialsInItsOwnWordsUntilTheyAreRenewed() throws Exception {
    ThingSpaceSimulator simulator =
        January.of(ThingSpaceSimulator.builder()).sessions(IMEI).build();
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();
    String good = calls.byImei(IMEI);
    simulator
        .sessionReportFaults()
        .next(Fault.expiredSession(), Fault.expiredSession(), Fault.expiredToken());

    tokens.sessionReport(good).isHyperPreciseError(401);
    tokens.sessionReport(good).isHyperPreciseError(401);
    tokens.sessionReport(good).isGatewayError(401, "900901", "Invalid Credentials");
    assertThat(calls.logIn().sessionReport(good).status()).isEqualTo(200);
  }

  @Test
  void countsSessionsAndBytesAsTheClientReadsThem() throws Exception {
    ThingSpaceSimulator simulator = January.of(ThingSpaceSimulator.builder()).devices(5).build();
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();
    long sessions = 0;
    long bytes = 0;
    for (SimulatedDevice device : simulator.devices()) {
      Answer answer = tokens.sessionReport(calls.byImei(imeiOf(device)));
      sessions += answer.sessions().size();
      bytes += answer.body().getBytes(StandardCharsets.UTF_8).length;
    }

    assertThat(sessions).isPositive();
    assertThat(simulator.sessionReportTraffic())
        .isEqualTo(new SessionReportTraffic(5, sessions, bytes));
    assertThat(simulator.traffic()).isEqualTo(new Traffic(1, 1, 1, 1, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void theSameSeedGivesTheSameSessionsInWhateverOrderTheyAreAskedFor() throws Exception {
    ThingSpaceSimulator one = fleet(40, 7).build();
    ThingSpaceSimulator two = fleet(40, 7).build();
    List<SimulatedDevice> reversed = new ArrayList<>(two.devices());
    Collections.reverse(reversed);
    List<List<JsonObject>> backwards = sessions(two, reversed);
    Collections.reverse(backwards);

    assertThat(backwards).isEqualTo(sessions(one, one.devices()));
    ThingSpaceSimulator other = fleet(40, 8).build();
    assertThat(sessions(other, other.devices())).doesNotContainAnyElementsOf(backwards);
  }

  @Test
  void aLargerFleetBeginsWithTheSmaller() throws Exception {
    ThingSpaceSimulator small = fleet(10, 7).build();
    ThingSpaceSimulator large = fleet(1_000, 7).build();

    assertThat(sessions(large, small.devices())).isEqualTo(sessions(small, small.devices()));
  }

  @Test
  void theSessionsOfADayAddUpToItsUsageAndDoNotOverlap() throws Exception {
    ThingSpaceSimulator simulator = fleet(100, 7).build();
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();
    boolean severalADay = false;
    for (SimulatedDevice device : simulator.devices()) {
      Map<String, Long> usage = new HashMap<>();
      for (JsonObject row : tokens.usage(byDevice(device)).rows()) {
        usage.merge(row.text("timestamp").substring(0, 10), row.number("bytesUsed"), Long::sum);
      }
      Map<String, Long> moved = new HashMap<>();
      Instant last = Instant.MIN;
      int count = 0;
      for (JsonObject session : tokens.sessionReport(calls.byImei(imeiOf(device))).sessions()) {
        Instant begin = Instant.parse(session.text("startTime"));
        assertThat(begin).isAfterOrEqualTo(last);
        last = Instant.parse(session.text("endTime"));
        assertThat(last).isAfter(begin);
        assertThat(session.text("endTime").substring(0, 10))
            .isEqualTo(session.text("startTime").substring(0, 10));
        assertThat(session.number("numBytes")).isNotNegative();
        moved.merge(
            session.text("startTime").substring(0, 10), session.number("numBytes"), Long::sum);
        count++;
      }
      assertThat(moved).isEqualTo(usage);
      severalADay |= count > moved.size();
    }
    assertThat(severalADay).isTrue();
  }

  @Test
  void takesNoOtherNameForAnImei() {
    ThingSpaceSimulator.Builder builder = January.of(ThingSpaceSimulator.builder());

    assertThatThrownBy(() -> builder.sessions("35465809035621x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("35465809035621x is no IMEI");
    assertThatThrownBy(() -> builder.refuseSessionReport("", HyperPreciseError.DEVICE_INACTIVE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SimulatedSession(START, START.minusNanos(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ThingSpaceSimulator.Builder fleet(int devices, long seed) {
    return January.of(ThingSpaceSimulator.builder()).devices(devices).seed(seed).days(FIRST, LAST);
  }

  private List<List<JsonObject>> sessions(
      ThingSpaceSimulator simulator, List<SimulatedDevice> devices) throws IOException {
    ThingSpaceCalls calls = start(simulator);
    ThingSpaceCalls.Tokens tokens = calls.logIn();
    List<List<JsonObject>> sessions = new ArrayList<>();
    for (SimulatedDevice device : devices) {
      sessions.add(tokens.sessionReport(calls.byImei(imeiOf(device))).sessions());
    }
    return sessions;
  }

  private static List<Long> bytes(
      ThingSpaceCalls.Tokens tokens, ThingSpaceCalls calls, String options) throws IOException {
    String json = calls.byImei(IMEI);
    String asked =
        options.isEmpty() ? json : json.replace("}", "," + options.replace('\'', '"') + "}");
    return tokens.sessionReport(asked).sessions().stream()
        .map(session -> session.number("numBytes"))
        .toList();
  }

  private static String imeiOf(SimulatedDevice device) {
    return String.valueOf(device.idOf("imei"));
  }
}
