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
 * @param path the template's segments, filled in but not yet encoded
 * @param query the parameters, in the order of the address
 * @param body the JSON to send, or null for a GET
 * @param decoder how the answer is read
 * @param repeatableAfter500 whether a 500 of this provider may pass by waiting
 */
public record CallSpec<T>(
    String operation,
    List<String> path,
    List<Parameter> query,
    @Nullable ByteString body,
    Decoder<T> decoder,
    boolean repeatableAfter500) {

  /**
   * One query parameter, not yet encoded.
   *
   * @param name what stands before the equals sign
   * @param value what stands behind it
   */
  public record Parameter(String name, String value) {}

  /**
   * Copies the call.
   *
   * @param <U> what the answer is read into then
   * @param other how the answer is read then
   * @return the same call with another way of reading the answer
   */
  public <U> CallSpec<U> decodedBy(Decoder<U> other) {
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
    path.forEach(url::addPathSegment);
    query.forEach(parameter -> url.addQueryParameter(parameter.name(), parameter.value()));
    return url.build();
  }
}
