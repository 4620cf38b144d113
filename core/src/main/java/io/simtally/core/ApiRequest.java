package io.simtally.core;

import io.simtally.core.internal.CallHandle;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.Preconditions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One call with its settings. Immutable and thread-safe: each setter returns a new request, so one
 * can be kept, shared and run again.
 *
 * @param <T> what the answer is read into
 * @param <R> the request's own type, which its setters return
 */
public abstract class ApiRequest<T, R extends ApiRequest<T, R>> {
  private final RequestContext context;

  /**
   * For the provider modules.
   *
   * @param handle what the request carries beside its own settings
   */
  protected ApiRequest(CallHandle handle) {
    this.context = RequestContext.of(handle);
  }

  /**
   * Sends the request and waits for the typed answer.
   *
   * @return the typed answer, never null
   * @throws ApiException if it does not end in a right answer
   * @throws IllegalStateException if a required setting is missing or the client is closed; nothing
   *     is sent
   * @throws IllegalArgumentException if settings contradict each other; nothing is sent
   */
  public final T execute() {
    return executeWithResponse().value();
  }

  /**
   * The same with the status, the headers and the number of attempts.
   *
   * @return the answer of {@link #execute()} with what came around it
   * @throws ApiException as {@link #execute()}
   */
  public final ApiResponse<T> executeWithResponse() {
    return context.transport().execute(checkedSpec(), context);
  }

  /**
   * Sends the request and returns at once. Cancelling the future cancels the call. A failure
   * completes it with an {@link ApiException}; missing or contradicting settings are thrown here,
   * as by {@link #execute()}. The time limit begins when the call leaves the client's queue, see
   * {@link ClientBuilder#concurrency}. What is chained to the future runs on a thread of the
   * client, so it should not block.
   *
   * @return the answer to come; it fails with {@link ApiException}
   */
  public final CompletableFuture<T> executeAsync() {
    return context.transport().executeAsync(checkedSpec(), context, ApiResponse::value);
  }

  /**
   * The same with the status, the headers and the number of attempts.
   *
   * @return the answer to come with what came around it, as that of {@link #executeAsync()}
   */
  public final CompletableFuture<ApiResponse<T>> executeWithResponseAsync() {
    return context.transport().executeAsync(checkedSpec(), context, Function.identity());
  }

  /**
   * Limits the whole call, all its attempts and waits included, for this request only.
   *
   * @param timeout the limit, instead of the client's; more than a hundred years count as a hundred
   * @return a new request
   * @throws IllegalArgumentException if it is null or not positive
   */
  public final R timeout(Duration timeout) {
    return withSettings(context.settings().withTimeout(Preconditions.positive("timeout", timeout)));
  }

  /**
   * Repeats failed attempts as {@code policy} says, for this request only.
   *
   * @param policy how often and how patiently, instead of the client's
   * @return a new request
   * @throws IllegalArgumentException if it is null
   */
  public final R retryPolicy(RetryPolicy policy) {
    return withSettings(
        context.settings().withRetryPolicy(Preconditions.present("retryPolicy", policy)));
  }

  /**
   * Sends one more header, for this request only: one by which your gateway tells programs apart,
   * for example. Set again, it takes the place of the one before. It is in no log and no message;
   * what it says is not redacted where the provider repeats it, so no credential belongs there.
   *
   * @param name the name, in any case; none that carries credentials, such as {@code
   *     Authorization}, and none that is the client's to set, such as {@code User-Agent}, {@code
   *     Accept}, {@code Content-Type} or {@code Range}
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
