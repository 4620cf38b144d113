package io.simtally.simulator.alef;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.simulator.internal.RefusedRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mockwebserver3.RecordedRequest;
import okhttp3.MediaType;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A JSON object of a report request, read without any tolerance; numbers keep all their digits. */
final class AlefObject {
  private final Map<String, Object> members;

  private AlefObject(Map<String, Object> members) {
    this.members = members;
  }

  /** Reads the body of a request, which must be of type {@code application/json}. */
  static AlefObject read(RecordedRequest request) throws RefusedRequest {
    if (!isJson(request.getHeaders().get("Content-Type"))) {
      throw malformed("the content type must be application/json");
    }
    ByteString body = request.getBody();
    try (JsonReader reader =
        JsonReader.of(new Buffer().write(body == null ? ByteString.EMPTY : body))) {
      Object value = value(reader);
      if (value instanceof AlefObject object && reader.peek() == JsonReader.Token.END_DOCUMENT) {
        return object;
      }
      throw malformed("the body must be one JSON object");
    } catch (IOException | JsonDataException e) {
      throw malformed("the body is not JSON: " + e.getMessage());
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    MediaType type = contentType == null ? null : MediaType.parse(contentType);
    return type != null
        && type.type().equals("application")
        && type.subtype().equals("json")
        && UTF_8.equals(type.charset(UTF_8));
  }

  private static Object value(JsonReader reader) throws IOException {
    switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        return object(reader);
      }
      case BEGIN_ARRAY -> {
        List<Object> values = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
          values.add(value(reader));
        }
        reader.endArray();
        return values;
      }
      case NUMBER -> {
        return new BigDecimal(reader.nextString());
      }
      case STRING -> {
        return reader.nextString();
      }
      default -> throw new JsonDataException("unexpected " + reader.peek());
    }
  }

  private static AlefObject object(JsonReader reader) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (members.put(name, value(reader)) != null) {
        throw new JsonDataException("two members " + name);
      }
    }
    reader.endObject();
    return new AlefObject(members);
  }

  /** Refuses members with other names. */
  AlefObject allowOnly(String... names) throws RefusedRequest {
    Set<String> allowed = Set.of(names);
    for (String name : members.keySet()) {
      if (!allowed.contains(name)) {
        throw malformed("unknown member " + name);
      }
    }
    return this;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) throws RefusedRequest {
    return of(name, String.class, "a string");
  }

  BigDecimal number(String name) throws RefusedRequest {
    return of(name, BigDecimal.class, "a number");
  }

  /** An array of at least one value. */
  List<?> values(String name) throws RefusedRequest {
    List<?> values = of(name, List.class, "an array");
    if (values.isEmpty()) {
      throw malformed(name + " must not be empty");
    }
    return values;
  }

  /** An array of at least one object. */
  List<AlefObject> objects(String name) throws RefusedRequest {
    List<AlefObject> objects = new ArrayList<>();
    for (Object value : values(name)) {
      if (!(value instanceof AlefObject object)) {
        throw malformed(name + " must be an array of objects");
      }
      objects.add(object);
    }
    return objects;
  }

  /** The one object of an array; no page shows more than one. */
  AlefObject onlyObject(String name) throws RefusedRequest {
    List<AlefObject> objects = objects(name);
    if (objects.size() != 1) {
      throw malformed(name + " must have one element");
    }
    return objects.get(0);
  }

  private <T> T of(String name, Class<T> type, String what) throws RefusedRequest {
    Object value = members.get(name);
    if (value == null) {
      throw malformed(name + " is missing");
    }
    if (!type.isInstance(value)) {
      throw malformed(name + " must be " + what);
    }
    return type.cast(value);
  }

  private static RefusedRequest malformed(String reason) {
    return AlefError.INVALID_REQUEST.because(reason);
  }
}
