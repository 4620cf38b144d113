package io.simtally.core;

import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.Preconditions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One call with its settings. Immutable and thread-safe: each setter returns a new request, so a
 * program can keep, share and repeat a request.
 *
 * @param <T> the type of the answer
 * @param <R> the request's own type, which its setters return
 */
public abstract class ApiRequest<T, R extends ApiRequest<T, R>> {
  private final RequestContext context;

  /**
   * For the provider modules.
   *
   * @param handle the client's handle, or the handle of another request
   */
  protected ApiRequest(CallHandle handle) {
    this.context = RequestContext.of(handle);
  }

  /**
   * Sends the request and returns the typed answer.
   *
   * @return the typed answer, never null
   * @throws ApiException if the call fails
   * @throws IllegalStateException if a required setting is missing or the client is closed
   * @throws IllegalArgumentException if settings contradict each other
   */
  public final T execute() {
    return executeWithResponse().value();
  }

  /**
   * Sends the request, for the typed answer with its status, headers and number of attempts.
   *
   * @return the response with the answer of {@link #execute()}
   * @throws ApiException as {@link #execute()}
   */
  public final ApiResponse<T> executeWithResponse() {
    return context.transport().execute(checkedSpec(), context);
  }

  /**
   * Sends the request and returns immediately. Cancelling the future cancels the call. A failure
   * completes the future with an {@link ApiException}; missing or contradicting settings are thrown
   * here, as by {@link #execute()}. The timeout begins when the call leaves the client's queues,
   * see {@link ClientBuilder#concurrency}. Stages chained to the future run on a thread of the
   * client, so they should not block.
   *
   * @return the future answer; it fails with {@link ApiException}
   */
  public final CompletableFuture<T> executeAsync() {
    return context.transport().executeAsync(checkedSpec(), context, ApiResponse::value);
  }

  /**
   * Sends the request, for the typed answer with its status, headers and number of attempts.
   *
   * @return the future response, with the answer of {@link #executeAsync()}
   */
  public final CompletableFuture<ApiResponse<T>> executeWithResponseAsync() {
    return context.transport().executeAsync(checkedSpec(), context, Function.identity());
  }

  /**
   * Sets the longest duration of the call, all attempts and waits included.
   *
   * @param timeout the timeout, instead of the client's; at most a hundred years
   * @return a new request
   * @throws IllegalArgumentException if it is null or not positive
   */
  public final R timeout(Duration timeout) {
    return withSettings(context.settings().withTimeout(Preconditions.positive("timeout", timeout)));
  }

  /**
   * Sets the retries of failed attempts.
   *
   * @param policy the policy, instead of the client's
   * @return a new request
   * @throws IllegalArgumentException if it is null
   */
  public final R retryPolicy(RetryPolicy policy) {
    return withSettings(
        context.settings().withRetryPolicy(Preconditions.present("retryPolicy", policy)));
  }

  /**
   * Adds a header, for example one that your gateway identifies programs by. A second value
   * replaces the first. No log and no message contains the header. It is not redacted where the
   * provider repeats it, so it must not contain a credential.
   *
   * @param name the name, in any case; neither a header of credentials such as {@code
   *     Authorization} nor one that the client sets, such as {@code User-Agent}, {@code Accept},
   *     {@code Content-Type} or {@code Range}
   * @param value the value, in printable ASCII
   * @return a new request
   * @throws IllegalArgumentException if one is null, blank, holds a line break or is not ASCII, or
   *     the name is no name of a header or not for a program to set; the message does not show the
   *     value
   */
  public final R header(String name, String value) {
    return withSettings(context.settings().withHeader(name, value));
  }

  /**
   * Keeps the answer as it came beside the typed one, see {@link ApiResponse#body()}, for this
   * request only. It costs the memory of the whole text until the response is let go.
   *
   * @return a new request, whose {@link #executeWithResponse()} brings the body too
   */
  public final R keepBody() {
    return withSettings(context.settings().keepingBody());
  }

  private R withSettings(CallSettings settings) {
    return with(context.with(settings));
  }

  /**
   * Copies the request.
   *
   * @param other what the copy carries beside its own settings
   * @return the same request with another handle
   */
  protected abstract R with(CallHandle other);

  /**
   * What is sent and how the answer is read.
   *
   * @return the call, filled in, before any credential
   * @throws IllegalStateException if a required setting is missing
   * @throws IllegalArgumentException if settings contradict each other
   */
  protected abstract CallSpec<T> spec();

  /**
   * {@return what is asked for, with the identifiers it is asked of and without credentials: for
   * logs and for telling one device's failure from another's}
   */
  @Override
  public final String toString() {
    var provider = context.transport().provider();
    try {
      return provider + " " + spec();
    } catch (IllegalStateException | IllegalArgumentException incomplete) {
      return provider + " " + getClass().getSimpleName() + "[" + incomplete.getMessage() + "]";
    }
  }

  /** {@return what to hand on to a changed copy} */
  protected final CallHandle handle() {
    return context;
  }

  RequestContext context() {
    return context;
  }

  CallSpec<T> checkedSpec() {
    return spec();
  }
}
