package io.simtally.thingspace.hyperprecise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.simtally.core.ApiException;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.RetryPolicy;
import io.simtally.core.UsageRecord;
import io.simtally.core.auth.ThingSpaceCredentials;
import io.simtally.simulator.Fault;
import io.simtally.simulator.SimulatorServer;
import io.simtally.simulator.thingspace.HyperPreciseError;
import io.simtally.simulator.thingspace.SimulatedDevice;
import io.simtally.simulator.thingspace.ThingSpaceSimulator;
import io.simtally.thingspace.m2m.DeviceId;
import io.simtally.thingspace.m2m.ThingSpaceM2m;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Reads whole fleets through the client, from a server that refuses undocumented requests. */
class SimulatedFleetTest {
  /** The simulated fleets have usage on the thirty days before this moment. */
  private static final Clock JANUARY =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private static final int DEVICES = 300;

  @Test
  void readsEverySessionOnceInSpiteOfFaults() {
    var simulator = ThingSpaceSimulator.builder().clock(JANUARY).devices(DEVICES).seed(7).build();
    simulator
        .sessionReportFaults()
        .every(11, Fault.serviceUnavailable())
        .every(13, Fault.cutOffBody())
        .every(17, Fault.disconnect())
        .every(19, Fault.tooManyRequests(Duration.ZERO))
        .every(23, Fault.htmlError(502))
        .every(101, Fault.expiredSession())
        .next(Fault.expiredToken());
    var credentials = credentials(simulator);
    try (var server = simulator.start();
        var client = hyperPrecise(server, credentials);
        var m2m = m2m(server, credentials)) {
      var reports = reports(client, simulator);

      var served = simulator.sessionReportTraffic();
      assertThat(reports.values()).extracting(report -> report.sessions().size()).doesNotContain(0);
      assertThat(reports.values().stream().mapToLong(report -> report.sessions().size()).sum())
          .isEqualTo(served.sessionsServed());
      assertThat(served.requests()).isGreaterThan(DEVICES);
      assertThat(simulator.traffic().unknownRequests()).isZero();
      assertThat(simulator.traffic().failedLogins()).isZero();
      // The other service counts the same bytes per day.
      assertThat(daysOf(reports)).isEqualTo(daysOf(m2m, simulator));
      assertThat(simulator.traffic().logins())
          .as("one for both clients, and one for each session that expired")
          .isEqualTo(1 + served.requests() / 101);
      assertThat(simulator.traffic().tokensIssued()).isEqualTo(2);
    }
  }

  @Test
  void reportsTheDocumentedErrorsBesideGoodDevices() {
    var devices = ThingSpaceSimulator.builder().clock(JANUARY).build().devices();
    var builder = ThingSpaceSimulator.builder().clock(JANUARY);
    var refusals = HyperPreciseError.values();
    for (int i = 0; i < refusals.length; i++) {
      builder.refuseSessionReport(imei(devices.get(i)), refusals[i]);
    }
    var simulator = builder.build();
    try (var server = simulator.start();
        var client = hyperPrecise(server, credentials(simulator))) {
      var kinds = new ArrayList<Kind>();
      for (var device : devices.subList(0, refusals.length)) {
        var request = report(client, simulator, device);
        kinds.add(catchThrowableOfType(ApiException.class, request::execute).kind());
      }

      assertThat(kinds)
          .containsExactly(
              Kind.INVALID_REQUEST,
              Kind.UNAUTHENTICATED,
              Kind.FORBIDDEN,
              Kind.NOT_FOUND,
              Kind.CONFLICT,
              Kind.SERVER_ERROR);
      assertThat(report(client, simulator, devices.get(refusals.length)).execute().sessions())
          .isNotEmpty();
      assertThat(simulator.sessionReportTraffic().requests())
          .as("each once, and the one that may have been a stale login twice")
          .isEqualTo(refusals.length + 2);
      assertThat(simulator.traffic().logins()).isEqualTo(2);
    }
  }

  @Test
  void sendsRangesAndDurationsThatTheServiceAccepts() {
    var simulator = ThingSpaceSimulator.builder().clock(JANUARY).devices(1).build();
    var device = simulator.devices().get(0);
    try (var server = simulator.start();
        var client = hyperPrecise(server, credentials(simulator))) {
      var all = report(client, simulator, device).execute().sessions();
      var middle = all.get(all.size() / 2);
      var length = Duration.between(middle.startTime(), middle.endTime()).toSeconds();

      var narrowed =
          report(client, simulator, device)
              .startDate(middle.startTime().toInstant())
              .endDate(middle.endTime().toInstant().plusSeconds(1))
              .durationLow(length)
              .durationHigh(length)
              .execute();
      var none = report(client, simulator, device).startDate(Instant.parse("2100-01-01T00:00:00Z"));

      assertThat(narrowed.sessions()).containsExactly(middle);
      assertThat(none.execute().sessions()).isEmpty();
      assertThat(simulator.traffic().refusedRequests()).isZero();
    }
  }

  private static Map<String, SessionReport> reports(
      ThingSpaceHyperPrecise client, ThingSpaceSimulator simulator) {
    var pending = new HashMap<String, CompletableFuture<SessionReport>>();
    for (var device : simulator.devices()) {
      pending.put(imei(device), report(client, simulator, device).executeAsync());
    }
    var reports = new HashMap<String, SessionReport>();
    pending.forEach((imei, report) -> reports.put(imei, report.join()));
    return reports;
  }

  /** Bytes by device and day. */
  private static Map<String, Long> daysOf(Map<String, SessionReport> reports) {
    var days = new HashMap<String, Long>();
    reports.forEach((imei, report) -> add(report.usageRecords(imei), days));
    return days;
  }

  private static Map<String, Long> daysOf(ThingSpaceM2m m2m, ThingSpaceSimulator simulator) {
    var days = new HashMap<String, Long>();
    for (var device : simulator.devices()) {
      add(
          m2m.usageHistory()
              .device(DeviceId.imei(imei(device)))
              .earliest(Instant.parse("2026-01-01T00:00:00Z"))
              .latest(Instant.parse("2026-01-30T00:00:00Z"))
              .execute()
              .usageRecords(),
          days);
    }
    return days;
  }

  private static void add(List<UsageRecord> records, Map<String, Long> days) {
    for (var usage : records) {
      days.merge(
          usage.subject() + " " + usage.start().toString().substring(0, 10),
          usage.totalBytes(),
          Long::sum);
    }
  }

  private static SessionReportRequest report(
      ThingSpaceHyperPrecise client, ThingSpaceSimulator simulator, SimulatedDevice device) {
    return client.sessionReport().accountNumber(simulator.accountNumber()).imei(imei(device));
  }

  private static ThingSpaceCredentials credentials(ThingSpaceSimulator simulator) {
    return ThingSpaceCredentials.oauth(simulator.key(), simulator.secret())
        .login(simulator.username(), simulator.password());
  }

  private static ThingSpaceHyperPrecise hyperPrecise(
      SimulatorServer server, ThingSpaceCredentials credentials) {
    return ThingSpaceHyperPrecise.builder()
        .baseUrl(server.url())
        .credentials(credentials)
        .concurrency(8)
        .retryPolicy(
            RetryPolicy.standard()
                .maxAttempts(10)
                .delays(Duration.ofMillis(1), Duration.ofMillis(1)))
        .build();
  }

  private static ThingSpaceM2m m2m(SimulatorServer server, ThingSpaceCredentials credentials) {
    return ThingSpaceM2m.builder().baseUrl(server.url()).credentials(credentials).build();
  }

  private static String imei(SimulatedDevice device) {
    return String.valueOf(device.idOf("imei"));
  }
}
