package io.simtally.simulator.thingspace;

import io.simtally.simulator.Endpoint;
import io.simtally.simulator.ProviderError;
import io.simtally.simulator.internal.ServedMeter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * {@code POST /api/m2m/v1/devices/usage/actions/list}, as the page "Retrieve Device Usage History"
 * describes it.
 */
final class UsageHistoryEndpoint implements Endpoint.Handler {
  private static final int MONTHS_KEPT = 12;

  private final ThingSpaceTokens tokens;
  private final M2mSessions sessions;
  private final ThingSpaceFleet fleet;
  private final int pageSize;
  private final Clock clock;
  private final ServedMeter meter;

  UsageHistoryEndpoint(
      ThingSpaceTokens tokens,
      M2mSessions sessions,
      ThingSpaceFleet fleet,
      int pageSize,
      Clock clock,
      ServedMeter meter) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.fleet = fleet;
    this.pageSize = pageSize;
    this.clock = clock;
    this.meter = meter;
  }

  @Override
  public void authorize(RecordedRequest request) throws ProviderError {
    tokens.require(request);
    sessions.require(request);
  }

  @Override
  public MockResponse answer(RecordedRequest request) throws ProviderError {
    sessions.use(request);
    UsageHistoryQuery query = UsageHistoryQuery.read(ThingSpaceBody.read(request));
    ThingSpaceMember member =
        query
            .subject()
            .find(fleet)
            .orElseThrow(() -> M2mError.DEVICE_NOT_FOUND.error("The device was not found."));
    return page(query.subject().answeredId(member), rows(query, member));
  }

  private List<SimulatedUsage> rows(UsageHistoryQuery query, ThingSpaceMember member) {
    Instant kept = oldestKept();
    Instant earliest = query.earliest().isBefore(kept) ? kept : query.earliest();
    return earliest.isAfter(query.latest())
        ? List.of()
        : member.history().between(earliest, query.latest());
  }

  /** "You will not receive results for records that are older than 12 months." */
  private Instant oldestKept() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
        .minusMonths(MONTHS_KEPT)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  private MockResponse page(UsageHistoryQuery.AnsweredId deviceId, List<SimulatedUsage> rows) {
    boolean hasMore = rows.size() > pageSize;
    UsageHistoryPage page =
        new UsageHistoryPage(hasMore, deviceId, hasMore ? rows.subList(0, pageSize) : rows);
    return meter.answer(hasMore ? 202 : 200, page::writeTo, page.usageHistory()::size);
  }
}
