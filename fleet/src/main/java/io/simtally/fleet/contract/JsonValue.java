package io.simtally.fleet.contract;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonReader.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okio.Buffer;

/**
 * A JSON value as it was written: numbers are not rounded, members keep their order and
 * repetitions.
 *
 * @param type the JSON type
 * @param text the characters of a text or a number, else empty
 * @param members the members of an object, or the items of an array with empty names
 */
public record JsonValue(Type type, String text, List<Member> members) {
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}"
              + "([T ]\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?(Z|[+-]\\d{2}(:?\\d{2})?)?)?");

  /** The types of JSON. */
  public enum Type {
    OBJECT,
    ARRAY,
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /** A member of an object, or an item of an array with an empty name. */
  public record Member(String name, JsonValue value) {}

  /** Parses a whole text; empty if it is not JSON. */
  public static Optional<JsonValue> parse(String json) {
    // Some gateways put a byte order mark before the JSON.
    var text = json.startsWith("\ufeff") ? json.substring(1) : json;
    try (var reader = JsonReader.of(new Buffer().writeUtf8(text))) {
      var value = read(reader);
      return reader.peek() == Token.END_DOCUMENT ? Optional.of(value) : Optional.empty();
    } catch (IOException | JsonDataException e) {
      return Optional.empty();
    }
  }

  private static JsonValue read(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        var members = new ArrayList<Member>();
        reader.beginObject();
        while (reader.hasNext()) {
          members.add(new Member(reader.nextName(), read(reader)));
        }
        reader.endObject();
        yield new JsonValue(Type.OBJECT, "", List.copyOf(members));
      }
      case BEGIN_ARRAY -> {
        var items = new ArrayList<Member>();
        reader.beginArray();
        while (reader.hasNext()) {
          items.add(new Member("", read(reader)));
        }
        reader.endArray();
        yield new JsonValue(Type.ARRAY, "", List.copyOf(items));
      }
      case NUMBER -> new JsonValue(Type.NUMBER, reader.nextString(), List.of());
      case BOOLEAN -> new JsonValue(Type.BOOLEAN, String.valueOf(reader.nextBoolean()), List.of());
      case NULL -> {
        reader.nextNull();
        yield new JsonValue(Type.NULL, "", List.of());
      }
      default -> new JsonValue(Type.TEXT, reader.nextString(), List.of());
    };
  }

  /** Returns whether the value has a type. */
  public boolean is(Type other) {
    return type == other;
  }

  /** Returns the first member of a name. */
  public Optional<JsonValue> get(String name) {
    return members.stream()
        .filter(member -> member.name().equals(name))
        .map(Member::value)
        .findFirst();
  }

  /**
   * Returns the values at a path.
   *
   * @param path names of members; {@code *} stands for all members or items
   */
  public Stream<JsonValue> all(String... path) {
    var found = Stream.of(this);
    for (var name : path) {
      found =
          found.flatMap(
              value -> name.equals("*") ? value.items().stream() : value.get(name).stream());
    }
    return found;
  }

  /** Returns the characters of the first member of a name, if it is a text or a number. */
  public Optional<String> text(String name) {
    return get(name)
        .filter(value -> value.is(Type.TEXT) || value.is(Type.NUMBER))
        .map(JsonValue::text);
  }

  /** Returns the items of an array, or the values of an object's members. */
  public List<JsonValue> items() {
    return members.stream().map(Member::value).toList();
  }

  /** Returns the JSON inside a text, or this value if there is none. */
  public JsonValue unquoted() {
    return is(Type.TEXT) && (text.startsWith("{") || text.startsWith("["))
        ? parse(text).orElse(this)
        : this;
  }

  /** Returns how the value is written, in words that do not reveal the value. */
  public String form() {
    return switch (type) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case NUMBER -> text.matches("-?\\d+") ? "number" : "decimal number";
      case TEXT -> formOfText();
    };
  }

  private String formOfText() {
    if (text.isEmpty()) {
      return "empty text";
    }
    if (!unquoted().equals(this)) {
      return "JSON in a text";
    }
    if (isTime(text)) {
      return "time as " + text.replaceAll("\\d", "0");
    }
    if (text.matches("\\d+")) {
      return "digits in a text";
    }
    return text.matches("-?\\d+([.]\\d+)?([eE][+-]?\\d+)?") ? "number in a text" : "text";
  }

  /** Returns whether a text is a day or a time. */
  public static boolean isTime(String text) {
    return TIME.matcher(text).matches();
  }
}
