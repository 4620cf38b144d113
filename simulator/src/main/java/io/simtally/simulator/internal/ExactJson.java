package io.simtally.simulator.internal;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** Reads any JSON value strictly and without loss. */
public final class ExactJson {
  private ExactJson() {}

  /**
   * Reads the only value of a body.
   *
   * @return a {@code String}, {@code Boolean}, {@code Long} or, for other numbers, {@code
   *     BigDecimal}; a {@code List} or {@code Map} of these; or null
   * @throws JsonDataException if it is not JSON
   */
  public static @Nullable Object read(ByteString body) {
    try (JsonReader reader = JsonReader.of(new Buffer().write(body))) {
      Object value = value(reader);
      if (reader.peek() == JsonReader.Token.END_DOCUMENT) {
        return value;
      }
      throw new JsonDataException("more than one value");
    } catch (IOException | NumberFormatException e) {
      throw new JsonDataException(e.getMessage(), e);
    }
  }

  /** Moshi's own method rounds all numbers to double. */
  private static @Nullable Object value(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader);
      case BEGIN_ARRAY -> array(reader);
      case NUMBER -> number(reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      case NULL -> reader.nextNull();
      default -> reader.nextString();
    };
  }

  private static Map<String, @Nullable Object> object(JsonReader reader) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (members.containsKey(name)) {
        throw new JsonDataException("two members " + name);
      }
      members.put(name, value(reader));
    }
    reader.endObject();
    return members;
  }

  private static List<@Nullable Object> array(JsonReader reader) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      items.add(value(reader));
    }
    reader.endArray();
    return items;
  }

  private static Object number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return new BigDecimal(text);
    }
  }
}
