package io.simtally.simulator.alef;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report with the members of the samples of Alef's page. */
sealed interface AlefAnswer {
  /** The form of Alef's page: {@code 2022-07-07T09:50:00+05:30}, and {@code +00:00} for UTC. */
  DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  void writeTo(JsonWriter writer) throws IOException;

  /** Returns the number of values. */
  int rows();

  /** A point of a series. */
  record Point(
      String timeStamp,
      AlefMetric metric,
      BigDecimal value,
      AlefMetric.@Nullable Aggregation aggregation) {}

  /** The values of a range of time. */
  record Series(List<List<Point>> result, Map<String, List<Object>> filters) implements AlefAnswer {
    @Override
    public void writeTo(JsonWriter writer) throws IOException {
      writer.beginObject();
      writer.name("result").beginArray();
      for (List<Point> points : result) {
        writer.beginArray();
        for (Point point : points) {
          write(point, writer);
        }
        writer.endArray();
      }
      writer.endArray();
      writeFilters(filters, writer);
      writer.endObject();
    }

    private static void write(Point point, JsonWriter writer) throws IOException {
      writer.beginObject();
      writer.name("time_stamp").value(point.timeStamp());
      writer.name("name").value(point.metric().word());
      writer.name("value").value(plain(point.value()));
      if (point.aggregation() != null) {
        writer.name("aggregation_type").value(point.aggregation().name());
      }
      writer.endObject();
    }

    @Override
    public int rows() {
      return result.stream().mapToInt(List::size).sum();
    }
  }

  /**
   * One value per metric.
   *
   * @param values a number or a word for each metric, in the order of the answer
   */
  record Snapshot(
      OffsetDateTime start,
      OffsetDateTime end,
      Map<String, Object> values,
      Map<String, List<Object>> filters)
      implements AlefAnswer {
    @Override
    public void writeTo(JsonWriter writer) throws IOException {
      writer.beginObject();
      writer.name("start_time").value(TIME.format(start));
      writer.name("end_time").value(TIME.format(end));
      for (Map.Entry<String, Object> value : values.entrySet()) {
        write(value.getKey(), value.getValue(), writer);
      }
      writeFilters(filters, writer);
      writer.endObject();
    }

    @Override
    public int rows() {
      return values.size();
    }
  }

  /**
   * Writes the account last, as in all samples. A dimension with several values is omitted: no page
   * shows its form.
   */
  private static void writeFilters(Map<String, List<Object>> filters, JsonWriter writer)
      throws IOException {
    for (Map.Entry<String, List<Object>> filter : filters.entrySet()) {
      if (!filter.getKey().equals(AlefQuery.ACCOUNT) && filter.getValue().size() == 1) {
        write(filter.getKey(), filter.getValue().get(0), writer);
      }
    }
    write(AlefQuery.ACCOUNT, filters.getOrDefault(AlefQuery.ACCOUNT, List.of()).get(0), writer);
  }

  private static void write(String name, @Nullable Object value, JsonWriter writer)
      throws IOException {
    if (value instanceof BigDecimal number) {
      writer.name(name).value(plain(number));
    } else if (value instanceof Long number) {
      writer.name(name).value(number);
    } else {
      writer.name(name).value((String) value);
    }
  }

  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
