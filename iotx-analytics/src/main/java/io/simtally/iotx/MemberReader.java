package io.simtally.iotx;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Decoder;
import io.simtally.core.internal.ErrorMembers;
import io.simtally.core.internal.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reader of an object's members. Unknown members are skipped; an object with unknown members only
 * is refused. An empty object is an answer without usage.
 */
final class MemberReader {
  private final JsonReader reader;
  private String name = "";
  private boolean known;
  private boolean unknown;

  private MemberReader(JsonReader reader) {
    this.reader = reader;
  }

  static MemberReader begin(JsonReader reader) throws IOException {
    reader.beginObject();
    return new MemberReader(reader);
  }

  boolean hasNext() throws IOException {
    return reader.hasNext();
  }

  /** Returns the name of the next member; {@link #value} or {@link #skip} reads it. */
  String next() throws IOException {
    name = reader.nextName();
    return name;
  }

  /**
   * Reads a known member. A null counts as missing.
   *
   * @param earlier the value of an earlier member of the same meaning, or null
   * @throws JsonDataException if both differ
   */
  <T> @Nullable T value(@Nullable T earlier, Decoder<T> decoder) throws IOException {
    known = true;
    if (Json.skipNull(reader)) {
      return earlier;
    }
    var value = decoder.decode(reader);
    if (earlier != null && !earlier.equals(value)) {
      throw Json.unexpected(reader, "the same value as before", "another one");
    }
    return value;
  }

  void skip() throws IOException {
    unknown = true;
    ErrorMembers.notice(reader, name);
    reader.skipValue();
  }

  /**
   * Returns {@code value}.
   *
   * @throws JsonDataException if it is null
   */
  <T> T required(String name, @Nullable T value) {
    return Json.required(reader, name, value);
  }

  /**
   * Returns {@code value}, or {@code empty} if the whole object is empty.
   *
   * @throws JsonDataException if it is null and the object is not empty
   */
  <T> T required(String name, @Nullable T value, T empty) {
    return !known && !unknown ? empty : required(name, value);
  }

  /** Reads a number of bytes. */
  static Long bytes(JsonReader reader) throws IOException {
    return Json.count(reader, "a number of bytes");
  }

  /**
   * Ends the object and returns its model.
   *
   * @param model the name of the model, for the message
   * @throws JsonDataException if all members were unknown
   */
  <T> T end(String model, T made) throws IOException {
    if (unknown && !known) {
      throw Json.unexpected(reader, "a " + model, "an object without its members");
    }
    reader.endObject();
    return made;
  }
}
