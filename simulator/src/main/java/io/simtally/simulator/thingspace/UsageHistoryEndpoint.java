package io.simtally.simulator.thingspace;

import com.squareup.moshi.JsonWriter;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.SimulatorEndpoint;
import io.simtally.simulator.internal.ServedMeter;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * {@code POST /api/m2m/v1/devices/usage/actions/list}, as the page "Retrieve Device Usage History"
 * describes it.
 */
record UsageHistoryEndpoint(
    AccessTokens tokens,
    M2mSessions sessions,
    ThingSpaceFleet fleet,
    int pageSize,
    Clock clock,
    ServedMeter meter)
    implements SimulatorEndpoint.Handler {
  private static final int MONTHS_KEPT = 12;

  @Override
  public void authorize(RecordedRequest request) throws ProviderError {
    tokens.require(request);
    sessions.require(request);
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws ProviderError {
    sessions.use(request);
    UsageHistoryQuery query = UsageHistoryQuery.read(ThingSpaceRequest.body(request));
    ThingSpaceMember member =
        query
            .subject()
            .find(fleet)
            .orElseThrow(() -> M2mError.DEVICE_NOT_FOUND.error("The device was not found."));
    List<SimulatedUsage> rows = rows(query, member);
    boolean hasMore = rows.size() > pageSize;
    List<SimulatedUsage> page = hasMore ? rows.subList(0, pageSize) : rows;
    UsageHistoryQuery.AnsweredId deviceId = query.subject().answeredId(member);
    return meter.answer(
        hasMore ? 202 : 200, writer -> write(hasMore, deviceId, page, writer), page::size);
  }

  private List<SimulatedUsage> rows(UsageHistoryQuery query, ThingSpaceMember member) {
    Instant kept = oldestKept();
    Instant earliest = query.earliest().isBefore(kept) ? kept : query.earliest();
    return member.history().between(earliest, query.latest());
  }

  /** "You will not receive results for records that are older than 12 months." */
  private Instant oldestKept() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
        .minusMonths(MONTHS_KEPT)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  /** Writes an answer with the members of the provider's sample. */
  private static void write(
      boolean hasMoreData,
      UsageHistoryQuery.AnsweredId deviceId,
      List<SimulatedUsage> rows,
      JsonWriter writer)
      throws IOException {
    writer.beginObject();
    writer.name("hasMoreData").value(hasMoreData);
    writer.name("deviceId").beginObject();
    writer.name("id").value(deviceId.id());
    writer.name("kind").value(deviceId.kind());
    writer.endObject();
    writer.name("usageHistory").beginArray();
    for (SimulatedUsage row : rows) {
      write(row, writer);
    }
    writer.endArray();
    writer.endObject();
  }

  private static void write(SimulatedUsage row, JsonWriter writer) throws IOException {
    writer.beginObject();
    writer.name("bytesUsed").value(row.bytesUsed());
    writer.name("extendedAttributes").beginArray();
    for (Map.Entry<String, String> attribute : row.extendedAttributes().entrySet()) {
      writer.beginObject();
      writer.name("key").value(attribute.getKey());
      writer.name("value").value(attribute.getValue());
      writer.endObject();
    }
    writer.endArray();
    // A writer omits members whose value is null.
    writer.name("servicePlan").value(row.servicePlan());
    writer.name("smsUsed").value(row.smsUsed());
    writer.name("source").value(row.source());
    writer.name("timestamp").value(row.timestamp().toString());
    writer.endObject();
  }
}
