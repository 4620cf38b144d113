package io.simtally.core.internal;

import java.util.List;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One call as the provider's page describes it, filled in, before any credential. Immutable.
 *
 * @param <T> what the answer is read into
 * @param operation verb and path template below the base URL, the only form that is ever shown
 * @param path what fills in the template, by the names of its places
 * @param query the parameters, in the order of the address
 * @param body the JSON to send, or null for a GET
 * @param decoder how the answer is read
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
   * Part of the path or of the query, not yet encoded.
   *
   * @param name the name of its place in the path, or what stands before the equals sign
   * @param value what fills in that place, or stands behind the equals sign
   */
  public record Parameter(String name, String value) {}

  /**
   * Copies the call.
   *
   * @param <U> what the answer is read into then
   * @param other how the answer is read then
   * @return the same call with another way of reading the answer
   */
  public <U> CallSpec<U> decodedBy(AnswerDecoder<U> other) {
    return new CallSpec<>(operation, path, query, body, other, repeatableAfter500);
  }

  /**
   * Fills in the address.
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

  /** {@return the call as it goes out, below the base URL and before any credential} */
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
