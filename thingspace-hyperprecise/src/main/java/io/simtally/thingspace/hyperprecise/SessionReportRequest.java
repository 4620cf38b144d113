package io.simtally.thingspace.hyperprecise;

import io.simtally.core.ApiRequest;
import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.JsonBody;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.Timestamps;
import io.simtally.core.internal.usage.RangeSetting;
import io.simtally.core.internal.usage.UsageConversion;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request for the sessions of one device: {@code POST /hyper-precise/v1/report/sessions}.
 * Immutable. Each setter returns a changed copy and throws an {@link IllegalArgumentException} if
 * its argument is null. Texts must not be blank or hold a line break. Times are sent in UTC and
 * whole seconds; a fraction is cut off. What is not set is not sent, so that ThingSpace's default
 * applies.
 *
 * <p>ThingSpace keeps 180 days. Its status 500 means a device that is active in several accounts,
 * so this call is not repeated after it.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/documentation/apis/hyper_precise/api-reference/get-session-report-for-a-device.html">Get
 *     session report for a device</a>
 */
public final class SessionReportRequest extends ApiRequest<SessionReport, SessionReportRequest> {
  private static final String CALL = "sessionReport()";

  private final Settings settings;

  private SessionReportRequest(CallHandle handle, Settings settings) {
    super(handle);
    this.settings = settings;
  }

  static SessionReportRequest of(CallHandle handle) {
    return new SessionReportRequest(
        handle, new Settings(null, null, RangeSetting.of("startDate", "endDate"), null, null));
  }

  /**
   * Sets the account of the device, for example {@code 0844021539-00001}. The M2M service calls it
   * the account name. Required.
   *
   * @param number the account number, with its leading zeros
   * @return a new request
   */
  public SessionReportRequest accountNumber(String number) {
    return with(settings.withAccountNumber(Preconditions.text("accountNumber", number)));
  }

  /**
   * Sets the device. Required.
   *
   * @param identity the IMEI of the device
   * @return a new request
   */
  public SessionReportRequest imei(String identity) {
    return with(settings.withImei(Preconditions.text("imei", identity)));
  }

  /**
   * Sets the start of the report; 180 days ago by default. By ThingSpace's page this is the "start
   * date of session to include": a session that began before is left out, even if it went on.
   *
   * @param start the first moment, not after {@link #endDate}, which {@link #execute} checks
   * @return a new request
   */
  public SessionReportRequest startDate(Instant start) {
    return with(settings.withRange(settings.range.withStart(start)));
  }

  /**
   * Sets the end of the report; the latest session by default. By ThingSpace's page this is the
   * "end date of session to include": a session that ended later is left out, even if it began
   * before.
   *
   * @param end the last moment, not before {@link #startDate}, which {@link #execute} checks
   * @return a new request
   */
  public SessionReportRequest endDate(Instant end) {
    return with(settings.withRange(settings.range.withEnd(end)));
  }

  /**
   * Sets both ends of the report: from the first midnight in UTC to the midnight after the last
   * day, so that a session that ended at that midnight is included. A session that began in the
   * days and ended later may be left out, as {@link #endDate} says.
   *
   * @param days the days
   * @return a new request
   */
  public SessionReportRequest days(DayRange days) {
    return with(settings.withRange(settings.range.withDays(days, DayRange::start, DayRange::end)));
  }

  /**
   * Sets the shortest duration of a session; any by default. ThingSpace's page does not name the
   * unit.
   *
   * @param shortest at least 0 and not above {@link #durationHigh}, which {@link #execute} checks
   * @return a new request
   * @throws IllegalArgumentException if it is negative
   */
  public SessionReportRequest durationLow(long shortest) {
    return with(settings.withDurationLow(notNegative("durationLow", shortest)));
  }

  /**
   * Sets the longest duration of a session; any by default. ThingSpace's page does not name the
   * unit.
   *
   * @param longest at least 0 and not below {@link #durationLow}, which {@link #execute} checks
   * @return a new request
   * @throws IllegalArgumentException if it is negative
   */
  public SessionReportRequest durationHigh(long longest) {
    return with(settings.withDurationHigh(notNegative("durationHigh", longest)));
  }

  /**
   * Executes the call and converts the sessions as {@link SessionReport#usageRecords(String)} does.
   * The subject is the IMEI that was asked for. After {@link #days}, sessions that began on other
   * days are left out.
   *
   * @return the records, in the order of the sessions; unmodifiable
   * @throws io.simtally.core.ApiException as {@link #execute}
   */
  public List<UsageRecord> usageRecords() {
    return usageRecords(execute());
  }

  /**
   * Executes the call as {@link #usageRecords()} does, and returns at once. Cancelling the future
   * cancels the call.
   *
   * @return the records to come; fails with {@link io.simtally.core.ApiException}
   */
  public CompletableFuture<List<UsageRecord>> usageRecordsAsync() {
    return UsageConversion.async(executeAsync(), this::usageRecords);
  }

  private List<UsageRecord> usageRecords(SessionReport report) {
    var device = required("imei", settings.imei);
    return settings.range.within(report.usageRecords(device).stream());
  }

  @Override
  protected SessionReportRequest with(CallHandle other) {
    return new SessionReportRequest(other, settings);
  }

  private SessionReportRequest with(Settings other) {
    return new SessionReportRequest(handle(), other);
  }

  @Override
  protected CallSpec<SessionReport> spec() {
    var account = required("accountNumber", settings.accountNumber);
    var device = required("imei", settings.imei);
    settings.range.check(CALL);
    var low = settings.durationLow;
    var high = settings.durationHigh;
    if (low != null && high != null && low > high) {
      throw new IllegalArgumentException(
          CALL + " has durationLow " + low + " above durationHigh " + high);
    }
    return CallSpecBuilder.of(SessionReport.OPERATION)
        .body(body(account, device))
        .notRepeatableAfter500()
        .build(SessionReport::read);
  }

  private ByteString body(String account, String device) {
    return JsonBody.write(
        json -> {
          json.beginObject();
          json.name("accountNumber").value(account);
          // A null value leaves the member out.
          json.name("startDate").value(text(settings.range.start()));
          json.name("endDate").value(text(settings.range.end()));
          json.name("imei").value(device);
          json.name("durationLow").value(settings.durationLow);
          json.name("durationHigh").value(settings.durationHigh);
          json.endObject();
        });
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : Timestamps.utcSeconds(moment);
  }

  private static String required(String setting, @Nullable String value) {
    if (value == null) {
      throw new IllegalStateException(CALL + " needs " + setting);
    }
    return value;
  }

  private static long notNegative(String setting, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(setting + " is negative: " + value);
    }
    return value;
  }

  private record Settings(
      @Nullable String accountNumber,
      @Nullable String imei,
      RangeSetting<Instant> range,
      @Nullable Long durationLow,
      @Nullable Long durationHigh) {

    Settings withAccountNumber(String other) {
      return new Settings(other, imei, range, durationLow, durationHigh);
    }

    Settings withImei(String other) {
      return new Settings(accountNumber, other, range, durationLow, durationHigh);
    }

    Settings withRange(RangeSetting<Instant> other) {
      return new Settings(accountNumber, imei, other, durationLow, durationHigh);
    }

    Settings withDurationLow(long other) {
      return new Settings(accountNumber, imei, range, other, durationHigh);
    }

    Settings withDurationHigh(long other) {
      return new Settings(accountNumber, imei, range, durationLow, other);
    }
  }
}
