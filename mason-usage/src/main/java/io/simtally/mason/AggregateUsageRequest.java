package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import io.simtally.core.PageCursor;
import io.simtally.core.PagedRequest;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.PagingStalledException;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.Timestamps;
import io.simtally.core.internal.usage.UsageConversion;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request for the usage of one month: {@code GET /beta/{fleet}/data/aggregate/usage} and its two
 * variants for SIMs. Immutable. Each setter returns a changed copy and throws an {@link
 * IllegalArgumentException} if an argument is null.
 *
 * @see <a href="https://docs.bymason.com/platform/api/beta/usage">Usage API</a>
 */
public final class AggregateUsageRequest
    extends PagedRequest<AggregateUsagePage, AggregateUsage, AggregateUsageRequest> {
  private final UsageEndpoint endpoint;
  private final @Nullable YearMonth month;
  private final @Nullable OffsetDateTime date;
  private final @Nullable Order order;
  private final @Nullable MarkerKey marker;
  private final @Nullable Integer limit;

  private AggregateUsageRequest(
      CallHandle handle,
      UsageEndpoint endpoint,
      @Nullable YearMonth month,
      @Nullable OffsetDateTime date,
      @Nullable Order order,
      @Nullable MarkerKey marker,
      @Nullable Integer limit) {
    super(handle);
    this.endpoint = endpoint;
    this.month = month;
    this.date = date;
    this.order = order;
    this.marker = marker;
    this.limit = limit;
  }

  static AggregateUsageRequest of(CallHandle handle, UsageEndpoint endpoint) {
    return new AggregateUsageRequest(handle, endpoint, null, null, null, null, null);
  }

  /**
   * Sets the month, in UTC. This or {@link #date} is required, and not both.
   *
   * @param utcMonth the month, for example {@code YearMonth.of(2026, 1)}
   * @return a new request
   */
  public AggregateUsageRequest month(YearMonth utcMonth) {
    var given = Preconditions.present("month", utcMonth);
    return new AggregateUsageRequest(handle(), endpoint, given, date, order, marker, limit);
  }

  /**
   * Sets the month by one of its moments. It is sent in UTC and whole seconds, so the month is that
   * of the moment in UTC, not at its own offset.
   *
   * @param moment any moment of the month, at any offset
   * @return a new request
   */
  public AggregateUsageRequest date(OffsetDateTime moment) {
    var given = Preconditions.present("date", moment);
    return new AggregateUsageRequest(handle(), endpoint, month, given, order, marker, limit);
  }

  /**
   * Sets the order of the rows: Mason's {@code orderByColumn} and {@code orderBy}. The default is
   * the highest total first.
   *
   * @param column the count to order by
   * @param direction lowest or highest first
   * @return a new request
   */
  public AggregateUsageRequest sortBy(UsageColumn column, SortDirection direction) {
    var given =
        new Order(
            Preconditions.present("sortBy column", column),
            Preconditions.present("sortBy direction", direction));
    return new AggregateUsageRequest(handle(), endpoint, month, date, given, marker, limit);
  }

  /**
   * Splits the usage by the values of a key. Usage outside of Mason devices has no value: the rows
   * of the account leave it out, the rows of SIMs have it without a marker.
   *
   * @param key the key to group by, for example {@link MarkerKey#DEVICE_TYPE}
   * @return a new request
   */
  public AggregateUsageRequest marker(MarkerKey key) {
    var given = Preconditions.present("marker", key);
    return new AggregateUsageRequest(handle(), endpoint, month, date, order, given, limit);
  }

  /**
   * Sets the page size. Mason decides by default.
   *
   * @param rows the highest number of rows of a page, at least 1
   * @return a new request
   * @throws IllegalArgumentException if it is not positive
   */
  public AggregateUsageRequest limit(int rows) {
    var given = (int) Preconditions.positive("limit", rows);
    return new AggregateUsageRequest(handle(), endpoint, month, date, order, marker, given);
  }

  /**
   * Executes the call for all pages and converts the rows as {@link
   * AggregateUsagePage#usageRecords(String)} does. The subject of a row without a SIM is the ICCID
   * that was asked for, or {@link UsageRecord#ACCOUNT}.
   *
   * @return the records, in the order of the rows; unmodifiable
   * @throws io.simtally.core.ApiException as {@link #execute}, and of kind {@code
   *     UNREADABLE_RESPONSE} if the unit is not bytes, or a row of {@code aggregateSimUsage()}
   *     names no SIM
   */
  public List<UsageRecord> usageRecords() {
    return usageRecords(stream());
  }

  /**
   * Executes the call as {@link #usageRecords()} does, and returns at once. Cancelling the future
   * cancels the call.
   *
   * @return the records to come; fails with {@link io.simtally.core.ApiException}
   */
  public CompletableFuture<List<UsageRecord>> usageRecordsAsync() {
    return UsageConversion.async(executeAllAsync(), page -> usageRecords(page.items().stream()));
  }

  private List<UsageRecord> usageRecords(Stream<AggregateUsage> rows) {
    var conversion = endpoint.conversion();
    return rows.map(row -> usageRecord(conversion, row)).toList();
  }

  private UsageRecord usageRecord(UsageConversion conversion, AggregateUsage row) {
    if (row.sim() == null && endpoint.isOfAllSims()) {
      throw row.namesNoSim(conversion);
    }
    return row.usageRecord(conversion, endpoint.subject());
  }

  @Override
  protected AggregateUsageRequest with(CallHandle other) {
    return new AggregateUsageRequest(other, endpoint, month, date, order, marker, limit);
  }

  @Override
  protected CallSpec<AggregateUsagePage> spec() {
    return endpoint.at(position(), everyPage().query("limit", limit)).build(this::page);
  }

  @Override
  protected AggregateUsagePage withAll(List<AggregateUsage> rows, AggregateUsagePage first) {
    return new AggregateUsagePage(rows);
  }

  @Override
  protected String scope() {
    return endpoint.scope(everyPage().build(this::page));
  }

  /** Returns the part of the request that all pages share and a cursor depends on. */
  private CallSpecBuilder everyPage() {
    return endpoint
        .get()
        .query("date", Timestamps.utcSeconds(moment()))
        .query("orderBy", order == null ? null : order.direction().word())
        .query("orderByColumn", order == null ? null : order.column().word())
        .query("marker", marker == null ? null : marker.word());
  }

  private Instant moment() {
    if (month != null && date != null) {
      throw new IllegalStateException(endpoint.call() + " needs month or date, not both");
    }
    if (month != null) {
      return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (date == null) {
      throw new IllegalStateException(endpoint.call() + " needs month or date, one of them");
    }
    return date.toInstant();
  }

  private AggregateUsagePage page(JsonReader reader) throws IOException {
    var body = PageBody.read(reader, AggregateUsage::read);
    UnequalTotals.report(endpoint.call(), body.data().stream().map(AggregateUsage::usage).toList());
    return new AggregateUsagePage(body.data(), next(body.next()), previous(body.previous()));
  }

  private Optional<PageCursor> next(@Nullable String next) throws PagingStalledException {
    return next == null ? Optional.empty() : Optional.of(cursorTo(endpoint.behind(next)));
  }

  private Optional<PageCursor> previous(@Nullable String previous) {
    return Optional.ofNullable(previous).map(UsageEndpoint::ahead).map(this::cursorTo);
  }

  private record Order(UsageColumn column, SortDirection direction) {}
}
