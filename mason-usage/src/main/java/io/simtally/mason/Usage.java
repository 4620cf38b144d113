package io.simtally.mason;

import com.squareup.moshi.JsonReader;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.InternedStrings;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How much data was used from one moment on: for a day in a series, for a month in an aggregate.
 * The numbers are Mason's own. Should the total of a row not be the sum of its two directions, it
 * stays as Mason counted it, and the logger {@code io.simtally.mason} warns of it once for each
 * answer: a bill that hangs on {@code total} can be checked against the other two.
 *
 * @param date the start of what is counted
 * @param upload what the devices sent, in {@code unit}
 * @param download what the devices received, in {@code unit}
 * @param total what went in both directions, in {@code unit}
 * @param unit what the numbers count, {@code bytes} in all that Mason documents
 */
public record Usage(OffsetDateTime date, long upload, long download, long total, String unit) {
  private static final Duration DAY = Duration.ofDays(1);
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of("date", "day", "upload", "download", "total", "unit");
  private static final InternedStrings UNITS = InternedStrings.of("bytes");

  /**
   * Refuses null.
   *
   * @throws IllegalArgumentException if {@code date} or {@code unit} is null
   */
  public Usage {
    Preconditions.present("date", date);
    Preconditions.present("unit", unit);
  }

  /**
   * {@return this row of a series in the form all providers share} The record starts at {@link
   * #date} and lasts a day. A row of an aggregate counts a month: see {@link
   * AggregateUsage#usageRecord()}.
   *
   * @param subject whose usage it is, for example the ICCID that was asked for
   * @throws IllegalStateException if the unit is not bytes
   */
  public UsageRecord dailyUsageRecord(String subject) {
    return usageRecord(subject, DAY);
  }

  /** Subtracted, as the sum may be beyond a long. */
  boolean isTotalOfBothDirections() {
    return total - upload == download;
  }

  /** Only bytes are read: whether a larger unit counts in 1000 or 1024 would be a guess. */
  UsageRecord usageRecord(String subject, @Nullable Duration period) {
    if (!unit.equalsIgnoreCase("bytes")) {
      throw new IllegalStateException(
          "the usage from " + date + " on is given in " + unit + ", not in bytes");
    }
    return new UsageRecord(
        "mason-usage", subject, date.toInstant(), period, total, upload, download, null);
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
