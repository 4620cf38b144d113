package io.simtally.benchmarks;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonReader.Token;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Handwritten adapters with Moshi's reader and the JDK's timestamps, without optimizations. They
 * are the reference for Simtally's decoders.
 */
final class HandMoshi {
  private static final JsonReader.Options PAGE =
      JsonReader.Options.of("hasMoreData", "deviceId", "usageHistory");
  private static final JsonReader.Options DEVICE = JsonReader.Options.of("id", "kind");
  private static final JsonReader.Options DAY =
      JsonReader.Options.of(
          "bytesUsed", "extendedAttributes", "smsUsed", "source", "servicePlan", "timestamp");
  private static final JsonReader.Options PAIR = JsonReader.Options.of("key", "value");
  private static final JsonReader.Options MASON_ROW =
      JsonReader.Options.of("usage", "sim", "marker");
  private static final JsonReader.Options USAGE =
      JsonReader.Options.of("date", "upload", "download", "total", "unit");

  private HandMoshi() {}

  interface Reading<T> {
    T read(JsonReader reader) throws IOException;
  }

  static Wire.UsagePage thingSpace(JsonReader reader) throws IOException {
    var more = false;
    Wire.DeviceId device = null;
    List<Wire.Day> days = List.of();
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(PAGE)) {
        case 0 -> more = reader.nextBoolean();
        case 1 -> device = device(reader);
        case 2 -> days = list(reader, HandMoshi::day);
        default -> skip(reader);
      }
    }
    reader.endObject();
    return new Wire.UsagePage(more, device, days);
  }

  private static Wire.DeviceId device(JsonReader reader) throws IOException {
    var id = "";
    var kind = "";
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(DEVICE)) {
        case 0 -> id = reader.nextString();
        case 1 -> kind = reader.nextString();
        default -> skip(reader);
      }
    }
    reader.endObject();
    return new Wire.DeviceId(id, kind);
  }

  private static Wire.Day day(JsonReader reader) throws IOException {
    var bytes = 0L;
    var sms = 0L;
    List<Wire.Attribute> attributes = List.of();
    String source = null;
    String plan = null;
    var time = OffsetDateTime.MIN;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(DAY)) {
        case 0 -> bytes = reader.nextLong();
        case 1 -> attributes = list(reader, HandMoshi::attribute);
        case 2 -> sms = reader.nextLong();
        case 3 -> source = text(reader);
        case 4 -> plan = text(reader);
        case 5 -> time = OffsetDateTime.parse(reader.nextString());
        default -> skip(reader);
      }
    }
    reader.endObject();
    return new Wire.Day(bytes, attributes, sms, source, plan, time);
  }

  private static Wire.Attribute attribute(JsonReader reader) throws IOException {
    var key = "";
    String value = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(PAIR)) {
        case 0 -> key = reader.nextString();
        case 1 -> value = text(reader);
        default -> skip(reader);
      }
    }
    reader.endObject();
    return new Wire.Attribute(key, value);
  }

  static Wire.MasonPage mason(JsonReader reader) throws IOException {
    List<Wire.SimUsage> rows = List.of();
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.nextName().equals("data")) {
        rows = list(reader, HandMoshi::simUsage);
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
    return new Wire.MasonPage(rows);
  }

  private static Wire.SimUsage simUsage(JsonReader reader) throws IOException {
    var usage = new Wire.Usage(OffsetDateTime.MIN, 0, 0, 0, "");
    Wire.Sim sim = null;
    Wire.Marker marker = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(MASON_ROW)) {
        case 0 -> usage = usage(reader);
        case 1 -> sim = sim(reader);
        case 2 -> {
          var pair = attribute(reader);
          var value = pair.value();
          marker = value == null ? null : new Wire.Marker(pair.key(), value);
        }
        default -> skip(reader);
      }
    }
    reader.endObject();
    return new Wire.SimUsage(usage, sim, marker);
  }

  private static Wire.Usage usage(JsonReader reader) throws IOException {
    var date = OffsetDateTime.MIN;
    var upload = 0L;
    var download = 0L;
    var total = 0L;
    var unit = "";
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(USAGE)) {
        case 0 -> date = OffsetDateTime.parse(reader.nextString());
        case 1 -> upload = reader.nextLong();
        case 2 -> download = reader.nextLong();
        case 3 -> total = reader.nextLong();
        case 4 -> unit = reader.nextString();
        default -> skip(reader);
      }
    }
    reader.endObject();
    return new Wire.Usage(date, upload, download, total, unit);
  }

  private static Wire.Sim sim(JsonReader reader) throws IOException {
    var iccid = "";
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.nextName().equals("iccid")) {
        iccid = reader.nextString();
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
    return new Wire.Sim(iccid);
  }

  static Wire.IotxAnswer iotx(JsonReader reader) throws IOException {
    var content = new Wire.BySubscriber(Map.of(), null);
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.nextName().equals("content")) {
        content = bySubscriber(reader);
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
    return new Wire.IotxAnswer(content);
  }

  private static Wire.BySubscriber bySubscriber(JsonReader reader) throws IOException {
    Map<String, Map<OffsetDateTime, Long>> usage = new LinkedHashMap<>();
    Long total = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "subscriberDataUsage" -> {
          reader.beginObject();
          while (reader.hasNext()) {
            usage.put(reader.nextName(), buckets(reader));
          }
          reader.endObject();
        }
        case "totalDataUsage" -> total = reader.nextLong();
        default -> reader.skipValue();
      }
    }
    reader.endObject();
    return new Wire.BySubscriber(usage, total);
  }

  private static Map<OffsetDateTime, Long> buckets(JsonReader reader) throws IOException {
    var buckets = new LinkedHashMap<OffsetDateTime, Long>();
    reader.beginObject();
    while (reader.hasNext()) {
      var time = OffsetDateTime.parse(reader.nextName());
      buckets.put(time, reader.nextLong());
    }
    reader.endObject();
    return buckets;
  }

  private static <T> List<T> list(JsonReader reader, Reading<T> element) throws IOException {
    var list = new ArrayList<T>();
    reader.beginArray();
    while (reader.hasNext()) {
      list.add(element.read(reader));
    }
    reader.endArray();
    return list;
  }

  private static @Nullable String text(JsonReader reader) throws IOException {
    return reader.peek() == Token.NULL ? reader.nextNull() : reader.nextString();
  }

  private static void skip(JsonReader reader) throws IOException {
    reader.skipName();
    reader.skipValue();
  }
}
