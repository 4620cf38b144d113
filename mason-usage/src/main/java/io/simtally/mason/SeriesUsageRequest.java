package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import io.simtally.core.DayRange;
import io.simtally.core.PageCursor;
import io.simtally.core.PagedRequest;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.PagingStalledException;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.Timestamps;
import io.simtally.core.internal.usage.RangeSetting;
import io.simtally.core.internal.usage.UsageConversion;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request for the usage of each day of a range: {@code GET /beta/{fleet}/data/series/usage} and
 * its variant for a SIM. Immutable. Each setter returns a changed copy and throws an {@link
 * IllegalArgumentException} if an argument is null. Times are sent in UTC and whole seconds; a
 * fraction is cut off.
 *
 * <p>Mason's page calls the end exclusive, and its samples have the day of the end in them. The
 * rows of an answer are those that Mason sends.
 *
 * @see <a href="https://docs.bymason.com/platform/api/beta/usage">Usage API</a>
 */
public final class SeriesUsageRequest extends PagedRequest<UsagePage, Usage, SeriesUsageRequest> {
  private final UsageEndpoint endpoint;
  private final RangeSetting<OffsetDateTime> range;
  private final @Nullable Marker marker;
  private final @Nullable Integer limit;

  private SeriesUsageRequest(
      CallHandle handle,
      UsageEndpoint endpoint,
      RangeSetting<OffsetDateTime> range,
      @Nullable Marker marker,
      @Nullable Integer limit) {
    super(handle);
    this.endpoint = endpoint;
    this.range = range;
    this.marker = marker;
    this.limit = limit;
  }

  static SeriesUsageRequest of(CallHandle handle, UsageEndpoint endpoint) {
    return new SeriesUsageRequest(handle, endpoint, RangeSetting.of("start", "end"), null, null);
  }

  /**
   * Sets the start of the range, included. Required.
   *
   * @param first the first moment, at any offset
   * @return a new request
   */
  public SeriesUsageRequest start(OffsetDateTime first) {
    return with(range.withStart(first));
  }

  /**
   * Sets the end of the range, excluded. Required.
   *
   * @param after the first moment after the range, at any offset, not before the start
   * @return a new request
   */
  public SeriesUsageRequest end(OffsetDateTime after) {
    return with(range.withEnd(after));
  }

  /**
   * Sets both ends of the range: from the first midnight in UTC to the midnight after the last day,
   * as Mason's page excludes the end. {@link #usageRecords()} leaves out a row of that day, should
   * Mason send it; {@link #execute} returns it.
   *
   * @param days the days
   * @return a new request
   */
  public SeriesUsageRequest days(DayRange days) {
    return with(
        range.withDays(
            days,
            each -> each.start().atOffset(ZoneOffset.UTC),
            each -> each.end().atOffset(ZoneOffset.UTC)));
  }

  /**
   * Counts only the usage of one group: Mason's {@code marker} and {@code markerValue}.
   *
   * @param key the key of the group, for example {@link MarkerKey#DEVICE_TYPE}
   * @param value the group, for example {@code D450}
   * @return a new request
   * @throws IllegalArgumentException if one is null, or the value is blank or holds a line break
   */
  public SeriesUsageRequest marker(MarkerKey key, String value) {
    var given =
        new Marker(
            Preconditions.present("marker", key).word(), Preconditions.text("marker value", value));
    return new SeriesUsageRequest(handle(), endpoint, range, given, limit);
  }

  /**
   * Sets the page size. Mason decides by default.
   *
   * @param rows the highest number of rows of a page, at least 1
   * @return a new request
   * @throws IllegalArgumentException if it is not positive
   */
  public SeriesUsageRequest limit(int rows) {
    var given = (int) Preconditions.positive("limit", rows);
    return new SeriesUsageRequest(handle(), endpoint, range, marker, given);
  }

  /**
   * Executes the call for all pages and converts the rows as {@link UsagePage#usageRecords} does.
   * The subject is the ICCID that was asked for, or {@link UsageRecord#ACCOUNT}. After {@link
   * #days}, rows of other days are left out.
   *
   * @return the records, in the order of the rows; unmodifiable
   * @throws io.simtally.core.ApiException as {@link #execute}, and of kind {@code
   *     UNREADABLE_RESPONSE} if the unit is not bytes
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

  private List<UsageRecord> usageRecords(Stream<Usage> rows) {
    var conversion = endpoint.conversion();
    return range.within(rows.map(row -> row.dailyUsageRecord(conversion, endpoint.subject())));
  }

  @Override
  protected SeriesUsageRequest with(CallHandle other) {
    return new SeriesUsageRequest(other, endpoint, range, marker, limit);
  }

  private SeriesUsageRequest with(RangeSetting<OffsetDateTime> other) {
    return new SeriesUsageRequest(handle(), endpoint, other, marker, limit);
  }

  @Override
  protected CallSpec<UsagePage> spec() {
    return endpoint.at(position(), everyPage().query("limit", limit)).build(this::page);
  }

  @Override
  protected UsagePage withAll(List<Usage> rows, UsagePage first) {
    return new UsagePage(rows);
  }

  @Override
  protected String scope() {
    return endpoint.scope(everyPage().build(this::page));
  }

  /** Returns the part of the request that all pages share and a cursor depends on. */
  private CallSpecBuilder everyPage() {
    var first = range.requiredStart(endpoint.call());
    var last = range.requiredEnd(endpoint.call());
    range.check(endpoint.call());
    return endpoint
        .get()
        .query("start", Timestamps.utcSeconds(first.toInstant()))
        .query("end", Timestamps.utcSeconds(last.toInstant()))
        .query("marker", marker == null ? null : marker.key())
        .query("markerValue", marker == null ? null : marker.value());
  }

  private UsagePage page(JsonReader reader) throws IOException {
    var body = PageBody.read(reader, Usage::read);
    UnequalTotals.report(endpoint.call(), body.data());
    return new UsagePage(body.data(), next(body.next()), previous(body.previous()));
  }

  private Optional<PageCursor> next(@Nullable String next) throws PagingStalledException {
    return next == null ? Optional.empty() : Optional.of(cursorTo(endpoint.behind(next)));
  }

  private Optional<PageCursor> previous(@Nullable String previous) {
    return Optional.ofNullable(previous).map(UsageEndpoint::ahead).map(this::cursorTo);
  }
}
