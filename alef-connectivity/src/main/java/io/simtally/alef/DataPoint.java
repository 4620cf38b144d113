package io.simtally.alef;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One value of a series.
 *
 * @param timeStamp the moment of the value, at the offset that Alef prints. With a granularity, the
 *     samples show the end of the hour or day
 * @param name the metric, for example {@code uplink_bytes}
 * @param value the value as Alef writes it, with a fraction even where it counts bytes
 * @param aggregationType the aggregation of the value, for example {@code COUNT}, or null for a
 *     percentile
 */
public record DataPoint(
    OffsetDateTime timeStamp, String name, BigDecimal value, @Nullable String aggregationType) {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of("time_stamp", "name", "value", "aggregation_type");

  /** Refuses null. */
  public DataPoint {
    Preconditions.present("timeStamp", timeStamp);
    Preconditions.present("name", name);
    Preconditions.present("value", value);
  }

  /** Returns whether it is a value of {@code metric} by {@code aggregation}. */
  boolean isOf(Metric metric, Aggregation aggregation) {
    return name.equals(metric.word()) && aggregation.word().equals(aggregationType);
  }

  static DataPoint read(JsonReader reader) throws IOException {
    OffsetDateTime timeStamp = null;
    String name = null;
    BigDecimal value = null;
    String aggregationType = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> timeStamp = Json.once(reader, timeStamp, Json.time(reader, "a time"));
        case 1 -> name = Json.once(reader, name, Metric.readWord(reader));
        case 2 -> value = Json.once(reader, value, Json.decimal(reader, "a number"));
        case 3 ->
            aggregationType = Json.once(reader, aggregationType, Aggregation.readWord(reader));
        default -> Json.skipMember(reader);
      }
    }
    var point =
        new DataPoint(
            Json.required(reader, "time_stamp", timeStamp),
            Json.required(reader, "name", name),
            Json.required(reader, "value", value),
            aggregationType);
    if (point.value.signum() < 0 && Metric.countsBytes(point.name)) {
      var path = reader.getPath();
      throw new JsonDataException(
          "Expected a number of bytes but was "
              + point.value
              + " at path "
              + path.substring(0, path.lastIndexOf('.'))
              + ".value");
    }
    reader.endObject();
    return point;
  }
}
