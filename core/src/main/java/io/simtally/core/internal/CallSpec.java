package io.simtally.core.internal;

import java.util.List;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One call as the provider's page describes it, filled in, before any credential. Immutable.
 *
 * @param operation verb and path template below the base URL, the only form that is ever shown
 * @param path the template's segments, filled in but not yet encoded
 * @param body the JSON to send, or null for a GET
 * @param repeatableAfter500 whether a 500 of this provider may pass by waiting
 */
public record CallSpec<T>(
    String operation,
    List<String> path,
    List<Parameter> query,
    @Nullable ByteString body,
    Decoder<T> decoder,
    boolean repeatableAfter500) {

  /** One query parameter, not yet encoded. */
  public record Parameter(String name, String value) {}

  /** The same call with another way of reading the answer. */
  public <U> CallSpec<U> decodedBy(Decoder<U> other) {
    return new CallSpec<>(operation, path, query, body, other, repeatableAfter500);
  }

  /** The address of this call. */
  public HttpUrl url(HttpUrl base) {
    var url = base.newBuilder();
    path.forEach(url::addPathSegment);
    query.forEach(parameter -> url.addQueryParameter(parameter.name(), parameter.value()));
    return url.build();
  }
}
