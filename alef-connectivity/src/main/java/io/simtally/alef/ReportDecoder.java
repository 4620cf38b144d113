package io.simtally.alef;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonEncodingException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonReader.Token;
import io.simtally.core.internal.Decoder;
import io.simtally.core.internal.ErrorMembers;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.Timestamps;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decoder of both shapes of an answer, which its members distinguish in any order.
 *
 * @param metrics the metrics of the request: a snapshot does not mark which members are metrics
 * @param granularity the granularity of the request, or null
 */
record ReportDecoder(List<MetricQuery> metrics, @Nullable Granularity granularity)
    implements Decoder<Report> {
  private static final JsonReader.Options NAMES = JsonReader.Options.of("result");

  @Override
  public Report decode(JsonReader reader) throws IOException {
    expectObject(reader);
    List<List<DataPoint>> result = null;
    var members = new LinkedHashMap<String, Member>();
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.selectName(NAMES) == 0) {
        if (result != null) {
          throw twice(reader);
        }
        result = Json.list(reader, series -> Json.list(series, DataPoint::read));
      } else {
        var name = reader.nextName();
        ErrorMembers.notice(reader, name);
        if (members.put(name, Member.read(reader)) != null) {
          throw twice(reader);
        }
      }
    }
    reader.endObject();
    return result == null
        ? snapshot(members)
        : new SeriesReport(result, dimensions(members), granularity);
  }

  private static void expectObject(JsonReader reader) throws IOException {
    Object found;
    try {
      found = reader.peek();
    } catch (JsonEncodingException e) {
      found = "no JSON"; // CSV, or a gateway's page
    }
    if (found != Token.BEGIN_OBJECT) {
      throw new JsonDataException("Expected a report, an object, but was " + found + " at path $");
    }
  }

  /** A snapshot has one place for each metric: one of two values would be lost. */
  private static JsonDataException twice(JsonReader reader) {
    return new JsonDataException("Expected one value but found another at " + reader.getPath());
  }

  private SnapshotReport snapshot(Map<String, Member> members) {
    var start = members.remove("start_time");
    var end = members.remove("end_time");
    if (start == null || end == null) {
      throw new JsonDataException(
          "Expected a report with result, or with start_time and end_time, but neither was at"
              + " path $");
    }
    var aggregations = new LinkedHashMap<String, Aggregation>();
    var values = new LinkedHashMap<String, BigDecimal>();
    for (var query : metrics) {
      var name = query.metric().word();
      if (query.aggregation() != null) {
        aggregations.put(name, query.aggregation());
      }
      var value = value(name, members.get(name));
      if (value != null) {
        values.put(name, value);
        members.remove(name);
      }
    }
    return new SnapshotReport(
        start.time("start_time"), end.time("end_time"), values, dimensions(members), aggregations);
  }

  private static @Nullable BigDecimal value(String name, @Nullable Member member) {
    var value = member == null ? null : member.number();
    if (Metric.countsBytes(name) && (value == null || value.signum() < 0)) {
      throw new JsonDataException(
          "Expected a number of bytes but was "
              + (member == null ? "nothing" : member.text())
              + " at path $."
              + name);
    }
    return value;
  }

  private static Map<String, String> dimensions(Map<String, Member> members) {
    var dimensions = new LinkedHashMap<String, String>();
    members.forEach(
        (name, member) -> {
          if (member.text() != null) {
            dimensions.put(name, member.text());
          }
        });
    return dimensions;
  }

  /**
   * A member of an answer whose shape is not known yet.
   *
   * @param text the value as Alef writes it, or null for a null
   */
  private record Member(@Nullable String text) {
    static Member read(JsonReader reader) throws IOException {
      var token = reader.peek();
      if (token != Token.BEGIN_ARRAY && token != Token.BEGIN_OBJECT) {
        return new Member(Json.text(reader));
      }
      // nextSource does not check the JSON.
      reader.peekJson().skipValue();
      try (var json = reader.nextSource()) {
        return new Member(json.readUtf8());
      }
    }

    OffsetDateTime time(String name) {
      try {
        return Timestamps.parse(String.valueOf(text));
      } catch (DateTimeException e) {
        throw new JsonDataException("Expected a time but was " + text + " at path $." + name, e);
      }
    }

    /** Returns null if it is no number, for example an online status. */
    @Nullable BigDecimal number() {
      return text == null ? null : Json.decimal(text);
    }
  }
}
