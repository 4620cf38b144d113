package io.simtally.thingspace.hyperprecise;

import io.simtally.core.ApiRequest;
import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.CallSpecBuilder;
import io.simtally.core.internal.JsonBody;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.Timestamps;
import java.time.Instant;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one device: {@code POST /hyper-precise/v1/report/sessions}. Immutable.
 *
 * <p>ThingSpace keeps 180 days. What is not set here is not sent, so that ThingSpace's own default
 * holds. Its status 500 tells of a device that is active in several accounts, which does not pass
 * by waiting: unlike other calls this one is not repeated after it.
 *
 * @see <a
 *     href="https://thingspace.verizon.com/documentation/apis/hyper_precise/api-reference/get-session-report-for-a-device.html">Get
 *     session report for a device</a>
 */
public final class SessionReportRequest extends ApiRequest<SessionReport, SessionReportRequest> {
  private static final String OPERATION = "POST /hyper-precise/v1/report/sessions";

  private final @Nullable String accountNumber;
  private final @Nullable String imei;
  private final @Nullable Instant startDate;
  private final @Nullable Instant endDate;
  private final @Nullable Long durationLow;
  private final @Nullable Long durationHigh;

  private SessionReportRequest(
      CallHandle handle,
      @Nullable String accountNumber,
      @Nullable String imei,
      @Nullable Instant startDate,
      @Nullable Instant endDate,
      @Nullable Long durationLow,
      @Nullable Long durationHigh) {
    super(handle);
    this.accountNumber = accountNumber;
    this.imei = imei;
    this.startDate = startDate;
    this.endDate = endDate;
    this.durationLow = durationLow;
    this.durationHigh = durationHigh;
  }

  static SessionReportRequest of(CallHandle handle) {
    return new SessionReportRequest(handle, null, null, null, null, null, null);
  }

  /**
   * The account that the device belongs to, with its leading zeros, for example {@code
   * 0844021539-00001}: what the M2M service calls the account name. Required.
   *
   * @param number the account's number, sent as it is
   * @return a new request
   * @throws IllegalArgumentException if it is null, blank or holds a line break
   */
  public SessionReportRequest accountNumber(String number) {
    return new SessionReportRequest(
        handle(),
        Preconditions.text("accountNumber", number),
        imei,
        startDate,
        endDate,
        durationLow,
        durationHigh);
  }

  /**
   * Whose sessions, by the international mobile equipment identity of the device. Required.
   *
   * @param identity the IMEI, sent as it is
   * @return a new request
   * @throws IllegalArgumentException if it is null, blank or holds a line break
   */
  public SessionReportRequest imei(String identity) {
    return new SessionReportRequest(
        handle(),
        accountNumber,
        Preconditions.text("imei", identity),
        startDate,
        endDate,
        durationLow,
        durationHigh);
  }

  /**
   * Where the report begins; if not set, 180 days ago. By ThingSpace's page this is the "start date
   * of session to include": a session that began before is left out, even if it went on. Sent in
   * UTC and whole seconds, a fraction is cut off.
   *
   * @param start not after {@link #endDate}, which is checked when the request is executed
   * @return a new request
   * @throws IllegalArgumentException if it is null
   */
  public SessionReportRequest startDate(Instant start) {
    return new SessionReportRequest(
        handle(),
        accountNumber,
        imei,
        Preconditions.present("startDate", start),
        endDate,
        durationLow,
        durationHigh);
  }

  /**
   * Where the report ends; if not set, with the latest that ThingSpace has. By ThingSpace's page
   * this is the "end date of session to include": a session that ended later is left out, even if
   * it began before. Sent in UTC and whole seconds, a fraction is cut off.
   *
   * @param end not before {@link #startDate}, which is checked when the request is executed
   * @return a new request
   * @throws IllegalArgumentException if it is null
   */
  public SessionReportRequest endDate(Instant end) {
    return new SessionReportRequest(
        handle(),
        accountNumber,
        imei,
        startDate,
        Preconditions.present("endDate", end),
        durationLow,
        durationHigh);
  }

  /**
   * The shortest sessions to report, in ThingSpace's own unit, which its page does not name; if not
   * set, sessions of any length.
   *
   * @param shortest from 0 on and not above {@link #durationHigh}, which is checked when the
   *     request is executed
   * @return a new request
   * @throws IllegalArgumentException if it is negative
   */
  public SessionReportRequest durationLow(long shortest) {
    return new SessionReportRequest(
        handle(),
        accountNumber,
        imei,
        startDate,
        endDate,
        notNegative("durationLow", shortest),
        durationHigh);
  }

  /**
   * The longest sessions to report, in ThingSpace's own unit, which its page does not name; if not
   * set, sessions of any length.
   *
   * @param longest from 0 on and not below {@link #durationLow}, which is checked when the request
   *     is executed
   * @return a new request
   * @throws IllegalArgumentException if it is negative
   */
  public SessionReportRequest durationHigh(long longest) {
    return new SessionReportRequest(
        handle(),
        accountNumber,
        imei,
        startDate,
        endDate,
        durationLow,
        notNegative("durationHigh", longest));
  }

  @Override
  protected SessionReportRequest with(CallHandle other) {
    return new SessionReportRequest(
        other, accountNumber, imei, startDate, endDate, durationLow, durationHigh);
  }

  @Override
  protected CallSpec<SessionReport> spec() {
    var account = required("accountNumber", accountNumber);
    var device = required("imei", imei);
    if (startDate != null && endDate != null && startDate.isAfter(endDate)) {
      throw new IllegalArgumentException(
          "sessionReport() has startDate " + startDate + " after endDate " + endDate);
    }
    if (durationLow != null && durationHigh != null && durationLow > durationHigh) {
      throw new IllegalArgumentException(
          "sessionReport() has durationLow " + durationLow + " above durationHigh " + durationHigh);
    }
    return CallSpecBuilder.of(OPERATION)
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
          json.name("startDate").value(startDate == null ? null : Timestamps.utcSeconds(startDate));
          json.name("endDate").value(endDate == null ? null : Timestamps.utcSeconds(endDate));
          json.name("imei").value(device);
          json.name("durationLow").value(durationLow);
          json.name("durationHigh").value(durationHigh);
          json.endObject();
        });
  }

  private static String required(String setting, @Nullable String value) {
    if (value == null) {
      throw new IllegalStateException("sessionReport() needs " + setting);
    }
    return value;
  }

  private static long notNegative(String setting, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(setting + " is negative: " + value);
    }
    return value;
  }
}
