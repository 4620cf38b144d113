package io.simtally.simulator.thingspace;

import io.simtally.simulator.ProviderError;
import io.simtally.simulator.RequestObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/**
 * The parameters of a session report; an omitted bound is unlimited.
 *
 * @param durationLow in seconds; the page names no unit
 * @param durationHigh in seconds
 */
record SessionReportQuery(
    String accountNumber,
    String imei,
    Instant startDate,
    Instant endDate,
    long durationLow,
    long durationHigh) {
  /**
   * The page says ISO 8601 and has no sample: extended and basic form are accepted, and days. A
   * time of day without an offset is ambiguous and refused.
   */
  private static final List<DateTimeFormatter> MOMENTS =
      List.of(
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.withLocale(Locale.ROOT),
          new DateTimeFormatterBuilder()
              .appendPattern("uuuuMMdd'T'HHmmss")
              .optionalStart()
              .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
              .optionalEnd()
              .appendPattern("[XXX][XX]")
              .toFormatter(Locale.ROOT)
              .withResolverStyle(ResolverStyle.STRICT));

  private static final List<DateTimeFormatter> DAYS =
      List.of(
          DateTimeFormatter.ISO_LOCAL_DATE.withLocale(Locale.ROOT),
          DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT)
              .withResolverStyle(ResolverStyle.STRICT));

  static SessionReportQuery read(RequestObject body) throws ProviderError {
    body.allowOnly("accountNumber", "startDate", "endDate", "imei", "durationLow", "durationHigh");
    SessionReportQuery query =
        new SessionReportQuery(
            accountNumber(body),
            imei(body),
            moment(body, "startDate", Instant.MIN, LocalTime.MIN),
            moment(body, "endDate", Instant.MAX, LocalTime.MAX),
            duration(body, "durationLow", 0),
            duration(body, "durationHigh", Long.MAX_VALUE));
    if (query.startDate.isAfter(query.endDate)) {
      throw HyperPreciseError.invalidParameter("The startDate is after the endDate.");
    }
    if (query.durationLow > query.durationHigh) {
      throw HyperPreciseError.invalidParameter("The durationLow is above the durationHigh.");
    }
    return query;
  }

  /**
   * Returns whether a session starts and ends in the range and has the requested duration, all
   * bounds included.
   */
  boolean includes(SimulatedSession session) {
    long seconds = Duration.between(session.startTime(), session.endTime()).toSeconds();
    return !session.startTime().isBefore(startDate)
        && !session.endTime().isAfter(endDate)
        && seconds >= durationLow
        && seconds <= durationHigh;
  }

  private static String accountNumber(RequestObject body) throws ProviderError {
    String number = body.text("accountNumber");
    if (number.isBlank()) {
      throw HyperPreciseError.invalidParameter("The accountNumber is blank.");
    }
    return number;
  }

  private static String imei(RequestObject body) throws ProviderError {
    String imei = body.text("imei");
    if (!SimulatedDeviceKind.IMEI.allows(imei)) {
      throw HyperPreciseError.invalidParameter("The imei is not valid.");
    }
    return imei;
  }

  /** Returns an instant; of a day the first instant for a start, the last one for an end. */
  private static Instant moment(RequestObject body, String name, Instant unlimited, LocalTime ofDay)
      throws ProviderError {
    if (!body.has(name)) {
      return unlimited;
    }
    String text = body.text(name);
    for (DateTimeFormatter form : MOMENTS) {
      try {
        return form.parse(text, OffsetDateTime::from).toInstant();
      } catch (DateTimeException otherForm) {
        // The next form is tried; an invalid date such as 2020-02-30 matches none.
      }
    }
    for (DateTimeFormatter form : DAYS) {
      try {
        return form.parse(text, LocalDate::from).atTime(ofDay).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException otherForm) {
        // As above.
      }
    }
    throw HyperPreciseError.invalidParameter("The value of " + name + " is not a valid date.");
  }

  private static long duration(RequestObject body, String name, long unlimited)
      throws ProviderError {
    if (!body.has(name)) {
      return unlimited;
    }
    long duration = body.integer(name);
    if (duration < 0) {
      throw HyperPreciseError.invalidParameter("The value of " + name + " is negative.");
    }
    return duration;
  }
}
