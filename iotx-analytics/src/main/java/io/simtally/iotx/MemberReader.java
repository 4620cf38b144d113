package io.simtally.iotx;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.core.internal.Decoder;
import io.simtally.core.internal.ErrorMembers;
import io.simtally.core.internal.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the members of an object. Unknown ones are skipped, but an object of nothing else is
 * refused: it is not what was promised. An object without any is one that nothing was used in.
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

  /** The name of the next member; it is read by {@link #value} or {@link #skip}. */
  String next() throws IOException {
    name = reader.nextName();
    return name;
  }

  /**
   * Reads a known member. A null is as good as none.
   *
   * @param earlier what a member of the same meaning has said before, or null
   * @throws JsonDataException if it says something else now
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

  /**
   * Ends the object, and returns what has been made of its members.
   *
   * @param model what the members are of, for the message
   * @throws JsonDataException if there were members, but no known one
   */
  <T> T end(String model, T made) throws IOException {
    if (unknown && !known) {
      throw Json.unexpected(reader, "a " + model, "an object without its members");
    }
    reader.endObject();
    return made;
  }
}
