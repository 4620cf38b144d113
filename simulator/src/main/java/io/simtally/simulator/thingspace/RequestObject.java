package io.simtally.simulator.thingspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.simulator.internal.RefusedRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import mockwebserver3.RecordedRequest;
import okhttp3.MediaType;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A JSON object of a request's body, read without any tolerance. */
final class RequestObject {
  private final Map<?, ?> members;

  private RequestObject(Map<?, ?> members) {
    this.members = members;
  }

  /**
   * Reads the body of a request that must have no query and be of type {@code application/json}.
   */
  static RequestObject read(RecordedRequest request) throws RefusedRequest {
    if (request.getUrl().query() != null) {
      throw M2mError.UNEXPECTED.refusal("The request takes no query parameters.");
    }
    if (!isJson(request.getHeaders().get("Content-Type"))) {
      throw malformed("The content type must be application/json.");
    }
    ByteString body = request.getBody();
    if (body == null || body.size() == 0) {
      throw M2mError.REQUEST_UNDEFINED.refusal(
          "Request cannot be blank. Please provide request details.");
    }
    return parse(body);
  }

  private static boolean isJson(@Nullable String contentType) {
    MediaType type = contentType == null ? null : MediaType.parse(contentType);
    return type != null
        && type.type().equals("application")
        && type.subtype().equals("json")
        && UTF_8.equals(type.charset(UTF_8));
  }

  private static RequestObject parse(ByteString body) throws RefusedRequest {
    try (JsonReader reader = JsonReader.of(new Buffer().write(body))) {
      Object value = reader.readJsonValue();
      if (value instanceof Map<?, ?> members && reader.peek() == JsonReader.Token.END_DOCUMENT) {
        return new RequestObject(members);
      }
      throw malformed("The body must be one JSON object.");
    } catch (IOException | JsonDataException e) {
      throw malformed("The body is not JSON: " + e.getMessage());
    }
  }

  /** Refuses members with other names. */
  RequestObject allowOnly(String... names) throws RefusedRequest {
    Set<String> allowed = Set.of(names);
    for (Object name : members.keySet()) {
      if (!allowed.contains(name)) {
        throw malformed("Unknown element '" + name + "'.");
      }
    }
    return this;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) throws RefusedRequest {
    Object value = required(name);
    if (value instanceof String text) {
      return text;
    }
    throw malformed("Element '" + name + "' must be a string.");
  }

  RequestObject object(String name) throws RefusedRequest {
    Object value = required(name);
    if (value instanceof Map<?, ?> inner) {
      return new RequestObject(inner);
    }
    throw malformed("Element '" + name + "' must be an object.");
  }

  /** A number without a fraction; one beyond the range of a long is the nearest in it. */
  long integer(String name) throws RefusedRequest {
    if (required(name) instanceof Double number && number == Math.rint(number)) {
      return number.longValue();
    }
    throw malformed("Element '" + name + "' must be an integer.");
  }

  private @Nullable Object required(String name) throws RefusedRequest {
    if (!has(name)) {
      throw malformed("Expecting element '" + name + "'.");
    }
    return members.get(name);
  }

  private static RefusedRequest malformed(String message) {
    return M2mError.DESERIALIZATION_FAILED.refusal(message);
  }
}
