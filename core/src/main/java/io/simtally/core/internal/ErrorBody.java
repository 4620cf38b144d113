package io.simtally.core.internal;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonReader.Token;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The error of a provider, in any of the documented shapes: {@code {"errorCode","errorMessage"}},
 * {@code {"error":{"code","message"}}}, {@code {"type","message"}}, {@code
 * {"fault":{"code","message","description"}}}, {@code {"responseCode","message"}}, {@code
 * {"error","error_description"}}.
 *
 * @param code the provider's own code, or null
 * @param message the provider's own message, or null
 * @param faultCode the code of the gateway before the provider, or null
 */
public record ErrorBody(
    @Nullable String code, @Nullable String message, @Nullable String faultCode) {
  private static final long MOST_READ = 16 * 1024;

  /**
   * Reads the beginning of a body as text. A body that breaks off returns its first part, because
   * the status is enough.
   *
   * @param response the response; the method does not close it
   * @return the first 16 KiB at most, read as UTF-8, empty if there is no body
   */
  public static String read(Response response) {
    var source = response.body().source();
    try {
      source.request(MOST_READ);
    } catch (IOException brokenOff) {
      // The buffer holds what has arrived.
    }
    return text(source.getBuffer());
  }

  /**
   * Reads the beginning of a body as text, and leaves the body to the next reader.
   *
   * @param response the response; the method does not close it
   * @return the first 16 KiB at most, read as UTF-8, empty if there is no body
   * @throws IOException if the body breaks off earlier
   */
  public static String peek(Response response) throws IOException {
    return text(response.peekBody(MOST_READ).source().getBuffer());
  }

  private static String text(Buffer buffer) {
    return buffer.snapshot((int) Math.min(buffer.size(), MOST_READ)).utf8();
  }

  /**
   * Parses an error body. Invalid or incomplete JSON returns the members before the fault.
   *
   * @param body the body, or its beginning
   * @return the error, with null for missing members
   */
  public static ErrorBody parse(String body) {
    var found = new HashMap<String, String>();
    try {
      collectMembers(JsonReader.of(new Buffer().writeUtf8(body)), "", found);
    } catch (IOException | JsonDataException notJson) {
      // Members before the fault are kept.
    }
    return of(found);
  }

  /** Returns the members by name; a nested member is {@code error.code}. */
  static ErrorBody of(Map<String, String> found) {
    var fault = joined(found.get("fault.message"), found.get("fault.description"));
    return new ErrorBody(
        first(
            found.get("errorCode"),
            found.get("error.code"),
            found.get("type"),
            found.get("fault.code"),
            found.get("responseCode"),
            found.get("error")),
        first(
            found.get("errorMessage"),
            found.get("error.message"),
            found.get("message"),
            fault,
            found.get("error_description")),
        found.get("fault.code"));
  }

  /** Collects the members of an object and of its direct child objects. */
  private static void collectMembers(JsonReader reader, String prefix, Map<String, String> found)
      throws IOException {
    if (reader.peek() != Token.BEGIN_OBJECT) {
      reader.skipValue();
      return;
    }
    reader.beginObject();
    while (reader.hasNext()) {
      collect(reader, prefix + reader.nextName(), found);
    }
    reader.endObject();
  }

  /** Collects the value of one member, named with its parent. */
  static void collect(JsonReader reader, String name, Map<String, String> found)
      throws IOException {
    switch (reader.peek()) {
      case STRING, NUMBER -> found.putIfAbsent(name, reader.nextString());
      case BEGIN_OBJECT -> {
        if (name.indexOf('.') < 0) {
          collectMembers(reader, name + ".", found);
        } else {
          reader.skipValue();
        }
      }
      default -> reader.skipValue();
    }
  }

  private static @Nullable String joined(@Nullable String message, @Nullable String description) {
    return message == null || description == null
        ? first(message, description)
        : message + ": " + description;
  }

  private static @Nullable String first(@Nullable String... candidates) {
    for (var candidate : candidates) {
      if (candidate != null && !candidate.isBlank()) {
        return candidate;
      }
    }
    return null;
  }
}
