package io.simtally.iotx;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonReader.Token;
import io.simtally.core.internal.Decoder;
import io.simtally.core.internal.Json;
import io.simtally.core.internal.JsonLimits;
import java.io.IOException;
import okio.Buffer;

/**
 * A value that the specification calls a string of format json and shows as an object. An empty
 * object may also be an empty array, as some languages write it.
 */
final class ObjectOrText {
  private ObjectOrText() {}

  /**
   * Reads an object, or a text with the JSON of one.
   *
   * @param object the decoder of the object
   */
  static <T> T read(JsonReader reader, T empty, Decoder<? extends T> object) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object.decode(reader);
      case BEGIN_ARRAY -> emptyArray(reader, empty);
      case STRING -> text(reader, empty, object);
      default -> throw Json.unexpected(reader, "an object", reader.peek());
    };
  }

  private static <T> T emptyArray(JsonReader reader, T empty) throws IOException {
    reader.beginArray();
    if (reader.hasNext()) {
      throw Json.unexpected(reader, "an object", "an array");
    }
    reader.endArray();
    return empty;
  }

  private static <T> T text(JsonReader reader, T empty, Decoder<? extends T> object)
      throws IOException {
    var path = reader.getPath();
    var json = new Buffer().writeUtf8(reader.nextString());
    var inner = JsonReader.of(json);
    try {
      JsonLimits.check(json);
      if (inner.peek() == Token.STRING) {
        throw Json.unexpected(inner, "an object", Token.STRING);
      }
      var value = read(inner, empty, object);
      if (inner.peek() != Token.END_DOCUMENT) {
        throw Json.unexpected(inner, "the end of the text", inner.peek());
      }
      return value;
    } catch (IOException | JsonDataException e) {
      throw new JsonDataException("In the text at path " + path + ": " + e.getMessage(), e);
    }
  }
}
