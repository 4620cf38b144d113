package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.InternedStrings;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import io.simtally.core.internal.usage.UsageConversion;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The data usage of one day in a series, or of one month in an aggregate. A total that is not the
 * sum of the two directions stays as Mason counted it; the logger {@code io.simtally.mason} warns
 * once for each answer.
 *
 * @param date the start of the day or month
 * @param upload the data that devices sent, in {@code unit}
 * @param download the data that devices received, in {@code unit}
 * @param total the data in both directions, in {@code unit}
 * @param unit the unit of the numbers, {@code bytes} in everything that Mason documents
 */
public record Usage(OffsetDateTime date, long upload, long download, long total, String unit) {
  private static final Duration DAY = Duration.ofDays(1);
  private static final UsageConversion CONVERSION =
      new UsageConversion(MasonUsage.PROVIDER, MasonUsage.SERIES);
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of("date", "day", "upload", "download", "total", "unit");
  private static final InternedStrings UNITS = InternedStrings.of("bytes");

  /** Refuses null. */
  public Usage {
    Preconditions.present("date", date);
    Preconditions.present("unit", unit);
  }

  /**
   * {@return this row of a series as a usage record} The record starts at {@link #date} and lasts a
   * day. A row of an aggregate counts a month: see {@link AggregateUsage#usageRecord()}.
   *
   * @param subject the subject of the record, for example the ICCID that was asked for
   * @throws io.simtally.core.ApiException of kind {@code UNREADABLE_RESPONSE} if the unit is not
   *     bytes
   */
  public UsageRecord dailyUsageRecord(String subject) {
    return dailyUsageRecord(CONVERSION, subject);
  }

  UsageRecord dailyUsageRecord(UsageConversion conversion, String subject) {
    return usageRecord(conversion, subject, DAY);
  }

  /** Subtracts, because the sum may exceed a long. */
  boolean isTotalOfBothDirections() {
    return total - upload == download;
  }

  /** Converts bytes only: whether a larger unit means 1000 or 1024 would be a guess. */
  UsageRecord usageRecord(UsageConversion conversion, String subject, @Nullable Duration period) {
    if (!unit.equalsIgnoreCase("bytes")) {
      throw conversion.refused(
          "the usage of "
              + subject
              + " from "
              + date
              + " on is given in "
              + unit
              + ", not in bytes: read the rows of the answer instead");
    }
    return new UsageRecord(
        conversion.provider(), subject, date.toInstant(), period, total, upload, download, null);
  }

  static Usage read(JsonReader reader) throws IOException {
    OffsetDateTime date = null;
    var upload = Json.NO_COUNT;
    var download = Json.NO_COUNT;
    var total = Json.NO_COUNT;
    String unit = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        // The page's text says date, its series samples say day.
        case 0, 1 ->
            date =
                Json.skipNull(reader) ? date : Json.once(reader, date, Json.time(reader, "a time"));
        case 2 -> upload = Json.onceCount(reader, upload, Json.count(reader, "a number of bytes"));
        case 3 ->
            download = Json.onceCount(reader, download, Json.count(reader, "a number of bytes"));
        case 4 -> total = Json.onceCount(reader, total, Json.count(reader, "a number of bytes"));
        case 5 -> unit = Json.once(reader, unit, Json.text(reader, UNITS));
        default -> Json.skipMember(reader);
      }
    }
    var usage =
        new Usage(
            Json.required(reader, "date", date),
            Json.required(reader, "upload", upload),
            Json.required(reader, "download", download),
            Json.required(reader, "total", total),
            Json.required(reader, "unit", unit));
    reader.endObject();
    return usage;
  }
}
