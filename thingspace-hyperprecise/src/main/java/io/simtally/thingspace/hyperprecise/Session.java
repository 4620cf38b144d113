package io.simtally.thingspace.hyperprecise;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonReader.Token;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.Timestamps;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * One session of a device. ThingSpace's page calls its times ISO 8601 dates. A date alone is read
 * as the start of that day in UTC, at either end. A time of day without an offset is refused,
 * because a guessed zone would shift billed days.
 *
 * @param startTime the start of the session
 * @param endTime the end of the session
 * @param numBytes bytes sent and received
 */
public record Session(OffsetDateTime startTime, OffsetDateTime endTime, long numBytes) {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of("startTime", "endTime", "numBytes");
  private static final String TIME = "a time";
  private static final int DATE_LENGTH = "2022-12-09".length();

  /** Refuses null. */
  public Session {
    Preconditions.present("startTime", startTime);
    Preconditions.present("endTime", endTime);
  }

  /**
   * {@return this session as a usage record} It lasts from {@link #startTime} to {@link #endTime},
   * or has no period if it ends before it starts. ThingSpace does not split uplink and downlink.
   *
   * @param subject the subject of the record
   */
  public UsageRecord usageRecord(String subject) {
    return new UsageRecord(
        "thingspace-hyperprecise",
        subject,
        startTime.toInstant(),
        period(),
        numBytes,
        null,
        null,
        null);
  }

  /** Returns null where the times contradict each other, which does not affect the bytes. */
  private @Nullable Duration period() {
    var period = Duration.between(startTime, endTime);
    return period.isNegative() ? null : period;
  }

  static Session read(JsonReader reader) throws IOException {
    OffsetDateTime startTime = null;
    OffsetDateTime endTime = null;
    Long numBytes = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> startTime = Json.once(reader, startTime, time(reader));
        case 1 -> endTime = Json.once(reader, endTime, time(reader));
        case 2 -> numBytes = Json.once(reader, numBytes, Json.count(reader, "a number of bytes"));
        default -> Json.skipMember(reader);
      }
    }
    var session =
        new Session(
            Json.required(reader, "startTime", startTime),
            Json.required(reader, "endTime", endTime),
            Json.required(reader, "numBytes", numBytes));
    reader.endObject();
    return session;
  }

  private static OffsetDateTime time(JsonReader reader) throws IOException {
    if (reader.peek() != Token.STRING) {
      throw Json.unexpected(reader, TIME, reader.peek());
    }
    var text = reader.nextString();
    try {
      return text.length() == DATE_LENGTH
          ? LocalDate.parse(text).atTime(LocalTime.MIN).atOffset(ZoneOffset.UTC)
          : Timestamps.parse(text);
    } catch (DateTimeException e) {
      throw Json.unexpected(reader, TIME, text);
    }
  }
}
