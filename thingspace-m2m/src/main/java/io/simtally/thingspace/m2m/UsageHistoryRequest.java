package io.simtally.thingspace.m2m;

import com.squareup.moshi.JsonReader;
import io.simtally.core.DayRange;
import io.simtally.core.PagedRequest;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.AnswerDecoder;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.JsonBody;
import io.simtally.core.internal.PagingStalledException;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.Timestamps;
import io.simtally.core.internal.usage.RangeSetting;
import io.simtally.core.internal.usage.UsageConversion;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request for the daily usage of one device, named by one of its ids or by a label: {@code POST
 * /m2m/v1/devices/usage/actions/list}. Immutable. Each setter returns a changed copy and throws an
 * {@link IllegalArgumentException} if an argument is null. Times are sent in UTC and whole seconds;
 * a fraction is cut off.
 *
 * <p>ThingSpace keeps 12 months. A request over many months may time out there; ask for shorter
 * ranges then.
 *
 * <p>By ThingSpace's page the next page is asked from the time of the last row on. A page that
 * promises more therefore has to be oldest first; the last page may have any order. Rows that are
 * repeated at the start of the next page are dropped, as often as they were delivered. The
 * iteration ends with {@code PAGING_STALLED} where rows could be missed, and where a repeated row
 * has changed since it was delivered. No row is lost or counted twice; reading again from the first
 * page returns the newer count.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/resources/documentation/connectivity/API_Reference/Retrieve_Device_Usage_History/">Retrieve
 *     device usage history</a>
 */
public final class UsageHistoryRequest
    extends PagedRequest<UsageHistory, DailyUsage, UsageHistoryRequest> {
  private static final String CALL = "usageHistory()";
  private static final int LONGEST_NAME = 20;
  private static final int LONGEST_VALUE = 50;

  private final @Nullable DeviceId device;
  private final @Nullable Label label;
  private final RangeSetting<Instant> range;

  private UsageHistoryRequest(
      CallHandle handle,
      @Nullable DeviceId device,
      @Nullable Label label,
      RangeSetting<Instant> range) {
    super(handle);
    this.device = device;
    this.label = label;
    this.range = range;
  }

  static UsageHistoryRequest of(CallHandle handle) {
    return new UsageHistoryRequest(handle, null, null, RangeSetting.of("earliest", "latest"));
  }

  /**
   * Sets the device. This or {@link #label} is required, and not both.
   *
   * @param id one of the device's names
   * @return a new request
   */
  public UsageHistoryRequest device(DeviceId id) {
    return new UsageHistoryRequest(handle(), Preconditions.present("device", id), label, range);
  }

  /**
   * Sets a usage segmentation label that was put on the device before, in place of its id.
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
    return new UsageHistoryRequest(handle(), device, given, range);
  }

  /**
   * Sets the start of the range, included. Required.
   *
   * @param first the first moment, not after {@link #latest}, which {@link #execute} checks
   * @return a new request
   */
  public UsageHistoryRequest earliest(Instant first) {
    return with(range.withStart(first));
  }

  /**
   * Sets the end of the range, included. Required.
   *
   * @param last the last moment, not before {@link #earliest}, which {@link #execute} checks
   * @return a new request
   */
  public UsageHistoryRequest latest(Instant last) {
    return with(range.withEnd(last));
  }

  /**
   * Sets both ends of the range: from the first midnight in UTC to one second before the midnight
   * after the last day, as ThingSpace includes the end.
   *
   * @param days the days
   * @return a new request
   */
  public UsageHistoryRequest days(DayRange days) {
    return with(range.withDays(days, DayRange::start, each -> each.end().minusSeconds(1)));
  }

  /**
   * Executes the call for all pages and converts the rows as {@link UsageHistory#usageRecords}
   * does. The subject is the id that was asked for; by label it is the id in the answer, or the
   * value of the label if the answer has none. After {@link #days}, rows of other days are left
   * out.
   *
   * @return the records, in the order of the rows; unmodifiable
   * @throws io.simtally.core.ApiException as {@link #execute}, and of kind {@code
   *     UNREADABLE_RESPONSE} if the answer names another device of the kind that was asked for
   */
  public List<UsageRecord> usageRecords() {
    return range.within(
        StreamSupport.stream(pages().spliterator(), false).flatMap(this::usageRecords));
  }

  /**
   * Executes the call as {@link #usageRecords()} does, and returns at once. Cancelling the future
   * cancels the call.
   *
   * @return the records to come; fails with {@link io.simtally.core.ApiException}
   */
  public CompletableFuture<List<UsageRecord>> usageRecordsAsync() {
    return UsageConversion.async(executeAllAsync(), history -> range.within(usageRecords(history)));
  }

  private Stream<UsageRecord> usageRecords(UsageHistory history) {
    return history.usageRecords(subject(history.deviceId())).stream();
  }

  private String subject(@Nullable DeviceId answered) {
    if (device == null) {
      return answered == null ? label == null ? "" : label.value() : answered.id();
    }
    if (answered != null && answered.isAnother(device)) {
      throw UsageHistory.CONVERSION.refused(
          "asked for "
              + device
              + " and the answer is about "
              + answered
              + ": compare the ids, or use usageRecords(subject) on the answer");
    }
    return device.id();
  }

  @Override
  protected UsageHistoryRequest with(CallHandle other) {
    return new UsageHistoryRequest(other, device, label, range);
  }

  private UsageHistoryRequest with(RangeSetting<Instant> other) {
    return new UsageHistoryRequest(handle(), device, label, other);
  }

  @Override
  protected CallSpec<UsageHistory> spec() {
    if ((device == null) == (label == null)) {
      throw new IllegalStateException(
          CALL + " needs device or label, " + (device == null ? "one of them" : "not both"));
    }
    var first = range.requiredStart(CALL);
    var last = range.requiredEnd(CALL);
    range.check(CALL);
    var position = position();
    var start = position == null ? ResumePoint.START : ResumePoint.parse(position);
    return CallSpecBuilder.of(UsageHistory.OPERATION)
        .body(body(start.second().isAfter(first) ? start.second() : first, last))
        .build(new Continuation(start, last));
  }

  /** Decoder that drops the rows of earlier pages and finds the start of the next page. */
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
            "the page promises more data and ends after the latest moment asked for, with "
                + end.second());
      }
      return new UsageHistory(answer.deviceId(), rows, true, Optional.of(cursorTo(end.toString())));
    }
  }

  @Override
  protected UsageHistory withAll(List<DailyUsage> rows, UsageHistory first) {
    return new UsageHistory(first.deviceId(), rows, false);
  }

  /** The first page's request, as it is sent. */
  @Override
  protected String scope() {
    return UsageHistory.OPERATION + body(range.requiredStart(CALL), range.requiredEnd(CALL)).utf8();
  }

  private ByteString body(Instant first, Instant last) {
    return JsonBody.write(
        json -> {
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
        });
  }

  private static String shortText(String setting, String value, int longest) {
    if (Preconditions.text(setting, value).length() > longest) {
      throw new IllegalArgumentException(setting + " is longer than " + longest + " characters");
    }
    return value;
  }

  private record Label(String name, String value) {}
}
