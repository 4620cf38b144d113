package io.simtally.fleet.check;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonReader.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okio.Buffer;

/**
 * A JSON value as it was written: numbers unrounded, members in their order and repeated ones too.
 *
 * @param type what it is
 * @param text the words of a text or a number, else empty
 * @param members of an object, or of an array, whose have no names
 */
record JsonValue(Type type, String text, List<Member> members) {
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}"
              + "([T ]\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?(Z|[+-]\\d{2}(:?\\d{2})?)?)?");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+([.]\\d+)?([eE][+-]?\\d+)?");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d+");
  private static final Pattern DIGIT = Pattern.compile("\\d");

  enum Type {
    OBJECT,
    ARRAY,
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /** A member of an object with its name, or of an array. */
  record Member(String name, JsonValue value) {}

  /** Reads a whole text; empty if it is no JSON. */
  static Optional<JsonValue> parse(String json) {
    // Some gateways put a byte order mark before what is JSON otherwise.
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

  boolean is(Type other) {
    return type == other;
  }

  /** The first member of that name. */
  Optional<JsonValue> get(String name) {
    return members.stream()
        .filter(member -> member.name().equals(name))
        .map(Member::value)
        .findFirst();
  }

  boolean has(String name) {
    return get(name).isPresent();
  }

  /** The text of the first member of that name, if it is a text or a number. */
  Optional<String> text(String name) {
    return get(name)
        .filter(value -> value.is(Type.TEXT) || value.is(Type.NUMBER))
        .map(JsonValue::text);
  }

  /** The items of an array, or the values of an object's members. */
  List<JsonValue> items() {
    return members.stream().map(Member::value).toList();
  }

  /** What a text holds that is JSON itself, else this value. */
  JsonValue unquoted() {
    if (!is(Type.TEXT) || !(text.startsWith("{") || text.startsWith("["))) {
      return this;
    }
    return parse(text).orElse(this);
  }

  /** How it is written, in words that tell nothing of what it says. */
  String form() {
    return switch (type) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case NUMBER -> WHOLE_NUMBER.matcher(text).matches() ? "number" : "decimal number";
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
      return "time as " + DIGIT.matcher(text).replaceAll("0");
    }
    if (DIGITS.matcher(text).matches()) {
      return "digits in a text";
    }
    return NUMBER.matcher(text).matches() ? "number in a text" : "text";
  }

  static boolean isTime(String text) {
    return TIME.matcher(text).matches();
  }
}
