package io.simtally.simulator.thingspace;

import com.squareup.moshi.JsonWriter;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.SimulatorEndpoint;
import io.simtally.simulator.internal.SeededRandom;
import io.simtally.simulator.internal.ServedMeter;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * {@code POST /api/hyper-precise/v1/report/sessions}, as the page "Get Session Report for a Device"
 * describes it.
 *
 * @param added by IMEI, the sessions that a user added, in place of the fleet's own
 * @param errors by IMEI, the errors that a user added
 * @param random the source of transaction ids
 */
record SessionReportEndpoint(
    AccessTokens tokens,
    M2mSessions logins,
    String accountNumber,
    ThingSpaceFleet fleet,
    Map<String, List<SimulatedSession>> added,
    Map<String, HyperPreciseError> errors,
    Clock clock,
    ServedMeter meter,
    SeededRandom random)
    implements SimulatorEndpoint.Handler {
  private static final int DAYS_KEPT = 180;

  @Override
  public void authorize(RecordedRequest request) throws ProviderError {
    tokens.require(request);
    try {
      logins.require(request);
    } catch (ProviderError errorOfM2m) {
      throw HyperPreciseError.ACCESS_DENIED.error();
    }
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws ProviderError {
    logins.use(request);
    SessionReportQuery query = query(request);
    if (!query.accountNumber().equals(accountNumber)) {
      throw HyperPreciseError.ACCESS_DENIED.error();
    }
    return report(
        sessions(query.imei()).stream()
            .filter(session -> !session.startTime().isBefore(oldestKept()))
            .filter(query::includes)
            .toList(),
        deviceId(query.imei()));
  }

  private static SessionReportQuery query(RecordedRequest request) throws ProviderError {
    try {
      return SessionReportQuery.read(ThingSpaceRequest.body(request));
    } catch (ProviderError errorOfM2m) {
      throw HyperPreciseError.invalidParameter(String.valueOf(errorOfM2m.getMessage()));
    }
  }

  /** Returns all sessions of a device, in the order of their starts. */
  private List<SimulatedSession> sessions(String imei) throws ProviderError {
    HyperPreciseError error = errors.get(imei);
    if (error != null) {
      throw error.error();
    }
    List<SimulatedSession> given = added.get(imei);
    return given != null
        ? given
        : fleet
            .find(SimulatedDeviceKind.IMEI, imei)
            .orElseThrow(HyperPreciseError.DEVICE_NOT_FOUND::error)
            .sessions()
            .get();
  }

  /** Returns the documented ten digits if the device has an MDN, otherwise its IMEI. */
  private String deviceId(String imei) {
    return fleet
        .find(SimulatedDeviceKind.IMEI, imei)
        .map(member -> member.device().idOf("mdn"))
        .orElse(imei);
  }

  /** "The earliest available (180 days)", including the day of the request. */
  private Instant oldestKept() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
        .minusDays(DAYS_KEPT - 1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  private MockResponse report(List<SimulatedSession> sessions, String deviceId) {
    String txid = nextTxid();
    return meter.answer(
        200,
        writer -> {
          writer.beginObject();
          // The published SDK's sample of a device without sessions lacks the member.
          if (!sessions.isEmpty()) {
            write(sessions, writer);
          }
          writer.name("id").value(deviceId);
          writer.name("txid").value(txid);
          writer.endObject();
        },
        sessions::size);
  }

  private static void write(List<SimulatedSession> sessions, JsonWriter writer) throws IOException {
    writer.name("sessions").beginArray();
    for (SimulatedSession session : sessions) {
      writer.beginObject();
      writer.name("startTime").value(session.startTime().toString());
      writer.name("endTime").value(session.endTime().toString());
      writer.name("numBytes").value(session.numBytes());
      writer.endObject();
    }
    writer.endArray();
  }

  private String nextTxid() {
    synchronized (random) {
      return new UUID(random.nextLong(), random.nextLong()).toString();
    }
  }
}
