package io.simtally.core;

import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An answer with what came around it.
 *
 * @param <T> what the answer is read into
 * @param value the typed answer
 * @param status the HTTP status, 200 to 299
 * @param headers the headers of the answer
 * @param requestId what to name in a support ticket, or null if the provider sent none
 * @param attempts how often the request was sent until it was answered
 */
public record ApiResponse<T>(
    T value, int status, Headers headers, @Nullable String requestId, int attempts) {

  /** Leaves out the headers: they are the server's words, which may repeat a credential. */
  @Override
  public String toString() {
    return "ApiResponse[value=" + value + ", status=" + status + ", attempts=" + attempts + "]";
  }
}
