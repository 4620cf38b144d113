package io.simtally.core.internal;

import java.util.List;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One documented call with its values, without credentials. Immutable.
 *
 * @param <T> the type of the answer
 * @param operation verb and path template below the base URL, as in errors and logs
 * @param path the values of the placeholders of the template
 * @param query the query parameters in order
 * @param body the JSON body, or null for a GET
 * @param decoder reads the answer
 * @param repeatableAfter500 whether a 500 of this provider may pass by waiting
 */
public record CallSpec<T>(
    String operation,
    List<Parameter> path,
    List<Parameter> query,
    @Nullable ByteString body,
    AnswerDecoder<T> decoder,
    boolean repeatableAfter500) {

  private static final HttpUrl NO_BASE = HttpUrl.get("http://localhost/");

  /**
   * A path placeholder or query parameter, not yet encoded.
   *
   * @param name the name of the placeholder or parameter
   * @param value the value
   */
  public record Parameter(String name, String value) {}

  /**
   * Returns this call with another decoder.
   *
   * @param <U> the new type of the answer
   * @param other the other decoder
   * @return a new call
   */
  public <U> CallSpec<U> decodedBy(AnswerDecoder<U> other) {
    return new CallSpec<>(operation, path, query, body, other, repeatableAfter500);
  }

  /**
   * Returns the URL of this call.
   *
   * @param base the client's base URL, without a slash at its end
   * @return {@code base} with the path and the query of this call, encoded
   */
  public HttpUrl url(HttpUrl base) {
    var url = base.newBuilder();
    var start = operation.indexOf('/') + 1;
    while (start > 0) {
      var end = operation.indexOf('/', start);
      var segment = end < 0 ? operation.substring(start) : operation.substring(start, end);
      url.addPathSegment(segment.startsWith("{") ? filledIn(segment) : segment);
      start = end + 1;
    }
    for (var parameter : query) {
      url.addQueryParameter(parameter.name(), parameter.value());
    }
    return url.build();
  }

  /** {@return verb, path, query and body of the call, without credentials} */
  @Override
  public String toString() {
    var verb = operation.substring(0, operation.indexOf(' ') + 1);
    var url = url(NO_BASE);
    var target =
        verb + url.encodedPath() + (url.encodedQuery() == null ? "" : "?" + url.encodedQuery());
    return body == null ? target : target + " " + body.utf8();
  }

  private String filledIn(String place) {
    for (var parameter : path) {
      var name = parameter.name();
      if (place.length() == name.length() + 2 && place.startsWith(name, 1)) {
        return parameter.value();
      }
    }
    throw new IllegalStateException(operation + " has nothing for " + place);
  }
}
