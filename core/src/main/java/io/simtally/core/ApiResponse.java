package io.simtally.core;

import io.simtally.core.internal.Preconditions;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A typed answer with the data of its HTTP response.
 *
 * @param <T> the type of the answer
 * @param value the typed answer
 * @param status the HTTP status, 200 to 299
 * @param headers the headers of the answer
 * @param requestId the provider's id of the request, or null if the provider sent none
 * @param attempts the number of requests sent
 * @param body the decompressed body, not redacted. Null unless {@link ApiRequest#keepBody()} or
 *     {@link ClientBuilder#keepBody()} asked for it; never longer than {@link
 *     ClientBuilder#maxBodyBytes}
 */
public record ApiResponse<T>(
    T value,
    int status,
    Headers headers,
    @Nullable String requestId,
    int attempts,
    @Nullable String body) {

  /**
   * Checks the required components.
   *
   * @throws IllegalArgumentException if {@code value} or {@code headers} is null
   */
  public ApiResponse {
    Preconditions.present("value", value);
    Preconditions.present("headers", headers);
  }

  /**
   * Creates a response without its body, for example in a test.
   *
   * @param value the typed answer
   * @param status the HTTP status, 200 to 299
   * @param headers the headers of the answer
   * @param requestId the provider's id of the request, or null if the provider sent none
   * @param attempts the number of requests sent
   */
  public ApiResponse(
      T value, int status, Headers headers, @Nullable String requestId, int attempts) {
    this(value, status, headers, requestId, attempts, null);
  }

  /** Omits headers and body, because a server may repeat a credential there. */
  @Override
  public String toString() {
    return "ApiResponse[value=" + value + ", status=" + status + ", attempts=" + attempts + "]";
  }
}
