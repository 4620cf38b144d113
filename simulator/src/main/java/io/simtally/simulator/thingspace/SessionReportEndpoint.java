package io.simtally.simulator.thingspace;

import com.squareup.moshi.JsonWriter;
import io.simtally.simulator.Endpoint;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.SeededRandom;
import io.simtally.simulator.internal.ServedMeter;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * {@code POST /api/hyper-precise/v1/report/sessions}, as the page "Get Session Report for a Device"
 * describes it.
 */
final class SessionReportEndpoint implements Endpoint.Handler {
  private static final int DAYS_KEPT = 180;

  private final ThingSpaceTokens tokens;
  private final M2mSessions logins;
  private final HyperPreciseAccount account;
  private final Clock clock;
  private final ServedMeter meter;
  private final SeededRandom random;

  SessionReportEndpoint(
      ThingSpaceTokens tokens,
      M2mSessions logins,
      HyperPreciseAccount account,
      Clock clock,
      ServedMeter meter,
      long seed) {
    this.tokens = tokens;
    this.logins = logins;
    this.account = account;
    this.clock = clock;
    this.meter = meter;
    this.random = new SeededRandom(seed, 3);
  }

  @Override
  public void authorize(RecordedRequest request) throws ProviderError {
    tokens.require(request);
    requireLogin(request);
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws ProviderError {
    logins.use(request);
    SessionReportQuery query = query(request);
    if (!query.accountNumber().equals(account.accountNumber())) {
      throw HyperPreciseError.ACCESS_DENIED.error();
    }
    return report(
        account.sessionsOf(query.imei()).stream()
            .filter(session -> !session.startTime().isBefore(oldestKept()))
            .filter(query::includes)
            .toList(),
        account.deviceId(query.imei()));
  }

  /** "The earliest available (180 days)", the day of the request included. */
  private Instant oldestKept() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
        .minusDays(DAYS_KEPT - 1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  private void requireLogin(RecordedRequest request) throws ProviderError {
    try {
      logins.require(request);
    } catch (ProviderError inTheWordsOfM2m) {
      throw HyperPreciseError.ACCESS_DENIED.error();
    }
  }

  private static SessionReportQuery query(RecordedRequest request) throws ProviderError {
    try {
      return SessionReportQuery.read(ThingSpaceBody.read(request));
    } catch (ProviderError inTheWordsOfM2m) {
      throw HyperPreciseError.invalidParameter(String.valueOf(inTheWordsOfM2m.getMessage()));
    }
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

  private synchronized String nextTxid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
