package io.simtally.thingspace.m2m;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.simtally.core.PagedRequest;
import io.simtally.core.internal.AnswerDecoder;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.JsonBody;
import io.simtally.core.internal.PagingStalledException;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.Timestamps;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The daily usage of one device, named by one of its ids or by a label: {@code POST
 * /m2m/v1/devices/usage/actions/list}. Immutable.
 *
 * <p>ThingSpace keeps 12 months, and a request over many months may time out there: ask for shorter
 * ranges then.
 *
 * <p>By ThingSpace's page the next page is asked from the time of the last row on. So a page that
 * promises more has to be oldest first, while the last page may have any order. Rows that come
 * again at the seam are dropped, as often as they were delivered. Where rows could be missed, and
 * where a row at the seam has changed since it was delivered, the iteration ends with {@code
 * PAGING_STALLED}: no row is lost or counted twice, and reading once more from the first page
 * brings the newer count.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/resources/documentation/connectivity/API_Reference/Retrieve_Device_Usage_History/">Retrieve
 *     device usage history</a>
 */
public final class UsageHistoryRequest
    extends PagedRequest<UsageHistory, DailyUsage, UsageHistoryRequest> {
  private static final String OPERATION = "POST /m2m/v1/devices/usage/actions/list";
  private static final int LONGEST_NAME = 20;
  private static final int LONGEST_VALUE = 50;

  private final @Nullable DeviceId device;
  private final @Nullable Label label;
  private final @Nullable Instant earliest;
  private final @Nullable Instant latest;

  private UsageHistoryRequest(
      CallHandle handle,
      @Nullable DeviceId device,
      @Nullable Label label,
      @Nullable Instant earliest,
      @Nullable Instant latest) {
    super(handle);
    this.device = device;
    this.label = label;
    this.earliest = earliest;
    this.latest = latest;
  }

  static UsageHistoryRequest of(CallHandle handle) {
    return new UsageHistoryRequest(handle, null, null, null, null);
  }

  /**
   * Whose usage. This or {@link #label} is required, and not both.
   *
   * @param id one of the names that the device goes by
   * @return a new request
   * @throws IllegalArgumentException if it is null
   */
  public UsageHistoryRequest device(DeviceId id) {
    return new UsageHistoryRequest(
        handle(), Preconditions.present("device", id), label, earliest, latest);
  }

  /**
   * Whose usage, by a usage segmentation label that was put on the device before.
   *
   * @param name at most 20 characters
   * @param value at most 50 characters
   * @return a new request
   * @throws IllegalArgumentException if one is null, blank, too long or holds a line break
   */
  public UsageHistoryRequest label(String name, String value) {
    var given =
        new Label(
            shortText("label name", name, LONGEST_NAME),
            shortText("label value", value, LONGEST_VALUE));
    return new UsageHistoryRequest(handle(), device, given, earliest, latest);
  }

  /**
   * The first moment asked for, included. Required. Sent in UTC and whole seconds, a fraction is
   * cut off.
   *
   * @param first not after {@link #latest}, which is checked when the request is executed
   * @return a new request
   * @throws IllegalArgumentException if it is null
   */
  public UsageHistoryRequest earliest(Instant first) {
    return new UsageHistoryRequest(
        handle(), device, label, Preconditions.present("earliest", first), latest);
  }

  /**
   * The last moment asked for, included. Required. Sent in UTC and whole seconds, a fraction is cut
   * off.
   *
   * @param last not before {@link #earliest}, which is checked when the request is executed
   * @return a new request
   * @throws IllegalArgumentException if it is null
   */
  public UsageHistoryRequest latest(Instant last) {
    return new UsageHistoryRequest(
        handle(), device, label, earliest, Preconditions.present("latest", last));
  }

  @Override
  protected UsageHistoryRequest with(CallHandle other) {
    return new UsageHistoryRequest(other, device, label, earliest, latest);
  }

  @Override
  protected CallSpec<UsageHistory> spec() {
    if ((device == null) == (label == null)) {
      throw new IllegalStateException(
          "usageHistory() needs device or label, " + (device == null ? "one of them" : "not both"));
    }
    var first = required("earliest", earliest);
    var last = required("latest", latest);
    if (first.isAfter(last)) {
      throw new IllegalArgumentException(
          "usageHistory() has earliest " + first + " after latest " + last);
    }
    var position = position();
    var start = position == null ? ResumePoint.START : ResumePoint.parse(position);
    return CallSpecBuilder.of(OPERATION)
        .body(body(start.second().isAfter(first) ? start.second() : first, last))
        .build(new Continuation(start, last));
  }

  /** Takes out what earlier pages have brought, and finds where to go on. */
  private final class Continuation implements AnswerDecoder<UsageHistory> {
    private final ResumePoint start;
    private final Instant last;

    Continuation(ResumePoint start, Instant last) {
      this.start = start;
      this.last = last;
    }

    @Override
    public UsageHistory decode(JsonReader reader, int status) throws IOException {
      var answer = UsageHistory.read(reader, status);
      var rows = start.undelivered(answer.usageHistory());
      if (!answer.hasMoreData()) {
        return new UsageHistory(answer.deviceId(), rows, false);
      }
      var end = start.behind(answer.usageHistory(), rows);
      if (end.second().isAfter(last)) {
        throw new PagingStalledException(
            "the page promises more data and ends behind the latest asked for, with "
                + end.second());
      }
      return new UsageHistory(answer.deviceId(), rows, true, Optional.of(cursorTo(end.toString())));
    }
  }

  /** What the first page is asked with, as it is sent. */
  @Override
  protected UsageHistory withAll(List<DailyUsage> rows, UsageHistory first) {
    return new UsageHistory(first.deviceId(), rows, false);
  }

  @Override
  protected String scope() {
    return OPERATION + body(required("earliest", earliest), required("latest", latest)).utf8();
  }

  private ByteString body(Instant first, Instant last) {
    return JsonBody.write(new Question(device, label, first, last));
  }

  private record Question(
      @Nullable DeviceId device, @Nullable Label label, Instant first, Instant last)
      implements JsonBody {

    @Override
    public void writeTo(JsonWriter json) throws IOException {
      json.beginObject();
      if (device != null) {
        json.name("deviceId").beginObject();
        json.name("id").value(device.id()).name("kind").value(device.wireKind()).endObject();
      }
      if (label != null) {
        json.name("label").beginObject();
        json.name("value").value(label.value()).name("name").value(label.name()).endObject();
      }
      json.name("earliest").value(Timestamps.utcSeconds(first));
      json.name("latest").value(Timestamps.utcSeconds(last));
      json.endObject();
    }
  }

  private static Instant required(String setting, @Nullable Instant value) {
    if (value == null) {
      throw new IllegalStateException("usageHistory() needs " + setting);
    }
    return value;
  }

  private static String shortText(String setting, String value, int longest) {
    if (Preconditions.text(setting, value).length() > longest) {
      throw new IllegalArgumentException(setting + " is longer than " + longest + " characters");
    }
    return value;
  }

  private record Label(String name, String value) {}
}
