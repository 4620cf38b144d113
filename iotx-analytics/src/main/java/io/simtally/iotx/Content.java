package io.simtally.iotx;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonReader.Token;
import io.simtally.core.internal.Decoder;
import io.simtally.core.internal.ErrorMembers;
import io.simtally.core.internal.Json;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * The {@code content} around each answer. The specification and the known service differ on where
 * it is an array and where an object, so both are read everywhere.
 */
final class Content {
  private static final String NAME = "content";

  private Content() {}

  /** Returns a decoder of any number of parts; a single object is one part. */
  static <T> Decoder<List<T>> listOf(Decoder<T> part) {
    return reader -> parts(reader, part);
  }

  /**
   * Returns a decoder of one answer, in any number of parts.
   *
   * @param merge makes one answer of any number of parts; throws an IllegalArgumentException if two
   *     contradict each other
   */
  static <T> Decoder<T> of(Decoder<T> part, Function<List<T>, T> merge) {
    return reader -> merged(parts(reader, part), merge);
  }

  private static <T> T merged(List<T> parts, Function<List<T>, T> merge) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    try {
      return merge.apply(parts);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new JsonDataException(
          "Expected parts that add up but found " + e.getMessage() + " at path $.content", e);
    }
  }

  /** Reads an answer without the wrapper as one part, whose decoder refuses anything else. */
  private static <T> List<T> parts(JsonReader reader, Decoder<T> part) throws IOException {
    if (!isWrapped(reader)) {
      return List.of(part.decode(reader));
    }
    List<T> parts = null;
    reader.beginObject();
    while (reader.hasNext()) {
      var name = reader.nextName();
      if (!name.equals(NAME)) {
        ErrorMembers.notice(reader, name);
        reader.skipValue();
      } else if (parts == null) {
        parts =
            reader.peek() == Token.BEGIN_ARRAY
                ? Json.list(reader, part)
                : List.of(part.decode(reader));
      } else {
        throw Json.unexpected(reader, "one content", "another one");
      }
    }
    var found = Json.required(reader, NAME, parts);
    reader.endObject();
    return found;
  }

  private static boolean isWrapped(JsonReader reader) throws IOException {
    var ahead = reader.peekJson();
    ahead.beginObject();
    if (!ahead.hasNext()) {
      throw Json.unexpected(reader, NAME, "an empty object");
    }
    while (ahead.hasNext()) {
      if (ahead.nextName().equals(NAME)) {
        return true;
      }
      ahead.skipValue();
    }
    return false;
  }

  /**
   * Reads a value that may be wrapped once more, as a subscriber's session count is by the
   * specification. Its names are free, so any object would do: without a wrapper it is refused.
   *
   * @throws JsonDataException if the whole answer is the bare value
   */
  static <T> T unwrapped(JsonReader reader, Decoder<T> value) throws IOException {
    if (!beginsWithContent(reader)) {
      if (reader.getPath().equals("$")) {
        noticeErrors(reader);
        throw Json.unexpected(reader, NAME, "an object without it");
      }
      return value.decode(reader);
    }
    reader.beginObject();
    reader.skipName();
    var unwrapped = unwrapped(reader, value);
    while (reader.hasNext()) {
      if (reader.nextName().equals(NAME)) {
        throw Json.unexpected(reader, "one content", "another one");
      }
      reader.skipValue();
    }
    reader.endObject();
    return unwrapped;
  }

  private static void noticeErrors(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      ErrorMembers.skip(reader);
    }
  }

  private static boolean beginsWithContent(JsonReader reader) throws IOException {
    if (reader.peek() != Token.BEGIN_OBJECT) {
      return false;
    }
    var ahead = reader.peekJson();
    ahead.beginObject();
    return ahead.hasNext() && ahead.nextName().equals(NAME);
  }
}
