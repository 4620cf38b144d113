package io.simtally.core;

import io.simtally.core.internal.Preconditions;
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
 * @param body the answer as it came, decompressed, with whatever the provider may have put into it:
 *     nothing is redacted. Null unless {@link ApiRequest#keepBody()} or {@link
 *     ClientBuilder#keepBody()} asked for it; never longer than {@link ClientBuilder#maxBodyBytes}
 */
public record ApiResponse<T>(
    T value,
    int status,
    Headers headers,
    @Nullable String requestId,
    int attempts,
    @Nullable String body) {

  /**
   * Refuses what is never null.
   *
   * @throws IllegalArgumentException if {@code value} or {@code headers} is null
   */
  public ApiResponse {
    Preconditions.present("value", value);
    Preconditions.present("headers", headers);
  }

  /**
   * A response whose body nobody asked for, as most are; also for the tests of a program.
   *
   * @param value the typed answer
   * @param status the HTTP status, 200 to 299
   * @param headers the headers of the answer
   * @param requestId what to name in a support ticket, or null if the provider sent none
   * @param attempts how often the request was sent until it was answered
   */
  public ApiResponse(
      T value, int status, Headers headers, @Nullable String requestId, int attempts) {
    this(value, status, headers, requestId, attempts, null);
  }

  /** Leaves out headers and body: they are the server's words, which may repeat a credential. */
  @Override
  public String toString() {
    return "ApiResponse[value=" + value + ", status=" + status + ", attempts=" + attempts + "]";
  }
}
