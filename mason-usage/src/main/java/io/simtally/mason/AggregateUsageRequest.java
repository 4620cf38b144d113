package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import io.simtally.core.PageCursor;
import io.simtally.core.PagedRequest;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.PagingStalledException;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.Timestamps;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one month: {@code GET /beta/{fleet}/data/aggregate/usage} and its two relatives.
 * Immutable.
 *
 * @see <a href="https://docs.bymason.com/platform/api/beta/usage">Usage API</a>
 */
public final class AggregateUsageRequest
    extends PagedRequest<AggregateUsagePage, AggregateUsage, AggregateUsageRequest> {
  private final Endpoint endpoint;
  private final @Nullable YearMonth month;
  private final @Nullable OffsetDateTime date;
  private final @Nullable Order order;
  private final @Nullable MarkerKey marker;
  private final @Nullable Integer limit;

  private AggregateUsageRequest(
      CallHandle handle,
      Endpoint endpoint,
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

  static AggregateUsageRequest of(CallHandle handle, Endpoint endpoint) {
    return new AggregateUsageRequest(handle, endpoint, null, null, null, null, null);
  }

  /**
   * The month to count, in UTC. This or {@link #date} is required, and not both.
   *
   * @param utcMonth the month, for example {@code YearMonth.of(2026, 1)}
   * @return a new request, for this month
   * @throws IllegalArgumentException if it is null
   */
  public AggregateUsageRequest month(YearMonth utcMonth) {
    var given = Preconditions.present("month", utcMonth);
    return new AggregateUsageRequest(handle(), endpoint, given, date, order, marker, limit);
  }

  /**
   * A moment of the month to count. Sent in UTC and whole seconds, a fraction is cut off; so it is
   * the month that the moment falls into in UTC, not at its own offset.
   *
   * @param moment any moment of the month, at any offset
   * @return a new request, for the month of this moment
   * @throws IllegalArgumentException if it is null
   */
  public AggregateUsageRequest date(OffsetDateTime moment) {
    var given = Preconditions.present("date", moment);
    return new AggregateUsageRequest(handle(), endpoint, month, given, order, marker, limit);
  }

  /**
   * Orders the rows: Mason's {@code orderByColumn} and {@code orderBy}. By total, the most first,
   * if not set.
   *
   * @param column which count to compare the rows by
   * @param direction whether the least or the most comes first
   * @return a new request, with its rows in this order
   * @throws IllegalArgumentException if one is null
   */
  public AggregateUsageRequest sortBy(UsageColumn column, SortDirection direction) {
    var given =
        new Order(
            Preconditions.present("sortBy column", column),
            Preconditions.present("sortBy direction", direction));
    return new AggregateUsageRequest(handle(), endpoint, month, date, given, marker, limit);
  }

  /**
   * Splits the usage by the values of {@code key}. Usage outside of Mason devices has no such
   * value: it is missing from the account's rows, and comes without a marker in the SIMs'.
   *
   * @param key what to group by, for example {@link MarkerKey#DEVICE_TYPE}
   * @return a new request, with its rows split by this key
   * @throws IllegalArgumentException if it is null
   */
  public AggregateUsageRequest marker(MarkerKey key) {
    var given = Preconditions.present("marker", key);
    return new AggregateUsageRequest(handle(), endpoint, month, date, order, given, limit);
  }

  /**
   * How many rows a page has at most. Mason decides if not set.
   *
   * @param rows the most rows of a page, at least 1
   * @return a new request, with pages of this size
   * @throws IllegalArgumentException if it is not positive
   */
  public AggregateUsageRequest limit(int rows) {
    var given = (int) Preconditions.positive("limit", rows);
    return new AggregateUsageRequest(handle(), endpoint, month, date, order, marker, given);
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

  /** What all pages are asked with, and a cursor depends on. */
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
    return Optional.ofNullable(previous).map(Endpoint::ahead).map(this::cursorTo);
  }

  private record Order(UsageColumn column, SortDirection direction) {}
}
