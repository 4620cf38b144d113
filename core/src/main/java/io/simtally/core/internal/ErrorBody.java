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
 * What the five providers say when they refuse, whichever of their envelopes they say it in: {@code
 * {"errorCode","errorMessage"}}, {@code {"error":{"code","message"}}}, {@code {"type","message"}},
 * {@code {"fault":{"code","message","description"}}}, {@code {"responseCode","message"}}, {@code
 * {"error","error_description"}}.
 *
 * @param code the provider's word for the failure, or null
 * @param message the provider's sentence about it, or null
 * @param faultCode the code of the gateway before the provider, or null
 */
public record ErrorBody(
    @Nullable String code, @Nullable String message, @Nullable String faultCode) {
  private static final long MOST_READ = 16 * 1024;

  /**
   * Reads the beginning of a body as text. A body that breaks off is what came of it: the status
   * says enough.
   *
   * @param response the answer, whose body is read from where it stands; it is not closed
   * @return the first 16 KiB at most, read as UTF-8, empty if there is no body
   */
  public static String read(Response response) {
    var source = response.body().source();
    try {
      source.request(MOST_READ);
    } catch (IOException brokenOff) {
      // What has arrived is in the buffer.
    }
    return text(source.getBuffer());
  }

  /**
   * The same without taking it away from whoever reads the response next.
   *
   * @param response the answer, whose body is read from where it stands; it is not closed
   * @return the first 16 KiB at most, read as UTF-8, empty if there is no body
   * @throws IOException if the body breaks off before
   */
  public static String peek(Response response) throws IOException {
    return text(response.peekBody(MOST_READ).source().getBuffer());
  }

  private static String text(Buffer buffer) {
    return buffer.snapshot((int) Math.min(buffer.size(), MOST_READ)).utf8();
  }

  /**
   * Reads what can be read; a body that is no JSON, or ends early, gives what came before.
   *
   * @param body the text of the answer, or its beginning
   * @return what the provider says, each part null if it does not say it
   */
  public static ErrorBody parse(String body) {
    var found = new HashMap<String, String>();
    try {
      collectMembers(JsonReader.of(new Buffer().writeUtf8(body)), "", found);
    } catch (IOException | JsonDataException notJson) {
      // Whatever was understood before stays.
    }
    return of(found);
  }

  /** What members say by their names, those of an object in an object as {@code error.code}. */
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

  /** Collects the plain members of an object and of the objects directly in it. */
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

  /** Collects the value of one member, whose name begins with that of the object around it. */
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
