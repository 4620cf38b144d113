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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The usage of each day of a range: {@code GET /beta/{fleet}/data/series/usage} and its relative of
 * one SIM. Immutable.
 *
 * <p>Mason's page calls the end exclusive, and shows answers with the day of the end in them: what
 * Mason answers is given as it is.
 *
 * @see <a href="https://docs.bymason.com/platform/api/beta/usage">Usage API</a>
 */
public final class SeriesUsageRequest extends PagedRequest<UsagePage, Usage, SeriesUsageRequest> {
  private final Endpoint endpoint;
  private final @Nullable OffsetDateTime start;
  private final @Nullable OffsetDateTime end;
  private final @Nullable Marker marker;
  private final @Nullable Integer limit;

  private SeriesUsageRequest(
      CallHandle handle,
      Endpoint endpoint,
      @Nullable OffsetDateTime start,
      @Nullable OffsetDateTime end,
      @Nullable Marker marker,
      @Nullable Integer limit) {
    super(handle);
    this.endpoint = endpoint;
    this.start = start;
    this.end = end;
    this.marker = marker;
    this.limit = limit;
  }

  static SeriesUsageRequest of(CallHandle handle, Endpoint endpoint) {
    return new SeriesUsageRequest(handle, endpoint, null, null, null, null);
  }

  /**
   * The first moment asked for, included. Required. Sent in UTC and whole seconds, a fraction is
   * cut off.
   *
   * @param first the moment, at any offset
   * @return a new request, for the usage from this moment on
   * @throws IllegalArgumentException if it is null
   */
  public SeriesUsageRequest start(OffsetDateTime first) {
    var given = Preconditions.present("start", first);
    return new SeriesUsageRequest(handle(), endpoint, given, end, marker, limit);
  }

  /**
   * Where the range ends, itself excluded. Required. Sent in UTC and whole seconds, a fraction is
   * cut off.
   *
   * @param after the moment, at any offset, not before the start
   * @return a new request, for the usage before this moment
   * @throws IllegalArgumentException if it is null
   */
  public SeriesUsageRequest end(OffsetDateTime after) {
    var given = Preconditions.present("end", after);
    return new SeriesUsageRequest(handle(), endpoint, start, given, marker, limit);
  }

  /**
   * Counts only the usage that was marked so: Mason's {@code marker} and {@code markerValue}.
   *
   * @param key what the usage is grouped by, for example {@link MarkerKey#DEVICE_TYPE}
   * @param value the one group to count, for example {@code D450}
   * @return a new request, for the usage of this group
   * @throws IllegalArgumentException if one is null, or the value is blank or holds a line break
   */
  public SeriesUsageRequest marker(MarkerKey key, String value) {
    var given =
        new Marker(
            Preconditions.present("marker", key).word(), Preconditions.text("marker value", value));
    return new SeriesUsageRequest(handle(), endpoint, start, end, given, limit);
  }

  /**
   * How many rows a page has at most. Mason decides if not set.
   *
   * @param rows the most rows of a page, at least 1
   * @return a new request, with pages of this size
   * @throws IllegalArgumentException if it is not positive
   */
  public SeriesUsageRequest limit(int rows) {
    var given = (int) Preconditions.positive("limit", rows);
    return new SeriesUsageRequest(handle(), endpoint, start, end, marker, given);
  }

  @Override
  protected SeriesUsageRequest with(CallHandle other) {
    return new SeriesUsageRequest(other, endpoint, start, end, marker, limit);
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

  /** What all pages are asked with, and a cursor depends on. */
  private CallSpecBuilder everyPage() {
    var first = required("start", start);
    var last = required("end", end);
    if (first.isAfter(last)) {
      throw new IllegalArgumentException(
          endpoint.call() + " has start " + first + " after end " + last);
    }
    return endpoint
        .get()
        .query("start", Timestamps.utcSeconds(first.toInstant()))
        .query("end", Timestamps.utcSeconds(last.toInstant()))
        .query("marker", marker == null ? null : marker.key())
        .query("markerValue", marker == null ? null : marker.value());
  }

  private OffsetDateTime required(String setting, @Nullable OffsetDateTime value) {
    if (value == null) {
      throw new IllegalStateException(endpoint.call() + " needs " + setting);
    }
    return value;
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
    return Optional.ofNullable(previous).map(Endpoint::ahead).map(this::cursorTo);
  }
}
