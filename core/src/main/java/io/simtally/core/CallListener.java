package io.simtally.core;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of a client's calls, for metrics and traces. All events of a call carry the
 * same {@code call} number, so that a listener can keep state per call, for example a span.
 *
 * <p>Every started call is finished, by an answer, a failure, its deadline, a cancelled future, an
 * interrupt or {@code close()}. Its attempts are reported in between. An attempt is finished before
 * the next one starts, and a retry is reported with its reason:
 *
 * <pre>{@code
 * callStarted
 *   attemptStarted 1, attemptFinished 1, retryScheduled
 *   attemptStarted 2, attemptFinished 2
 * callFinished
 * }</pre>
 *
 * <p>A call may have no attempt, for example if its thread is interrupted before. A request that
 * fails before the call starts, because a setting is missing or the client is closed, has no
 * events.
 *
 * <p>The events of one call are sequential. Events of different calls are concurrent, so a listener
 * must be thread-safe. {@link #callStarted} runs on the thread that calls {@code execute()} or
 * {@code executeAsync()}, the other events on the same thread or, for {@code executeAsync()}, on a
 * thread of the client. {@link #callFinished} runs before {@code execute()} returns and before a
 * future completes. Listeners should be quick. An exception of a listener is logged as {@code
 * io.simtally.listener} and does not affect the call.
 *
 * <p>No event contains an address, a body or a credential.
 */
public interface CallListener {
  /** Ignores all events. */
  CallListener NONE = new CallListener() {};

  /**
   * Combines several listeners, for example metrics and traces.
   *
   * @param listeners the listeners, called in this order
   * @return a listener that passes each event to all; an exception of one does not affect the
   *     others
   * @throws IllegalArgumentException if one is null
   */
  static CallListener all(CallListener... listeners) {
    return IsolatedListeners.of(Arrays.asList(listeners));
  }

  /**
   * Receives the start of a call.
   *
   * @param event the call
   */
  default void callStarted(Started event) {}

  /**
   * Receives the start of an attempt, after its wait for the rate limit.
   *
   * @param event the attempt
   */
  default void attemptStarted(Attempt event) {}

  /**
   * Receives the end of an attempt, successful or not, after the whole answer was read.
   *
   * @param event the attempt and its outcome
   */
  default void attemptFinished(AttemptFinished event) {}

  /**
   * Receives a retry, before its delay.
   *
   * @param event the reason and the delay
   */
  default void retryScheduled(Retry event) {}

  /**
   * Receives the end of a token request. A client requests a token if it has none, or if the token
   * expires soon or was refused. The event runs on a thread of its own, at any time between the
   * events of calls.
   *
   * @param event the token and the outcome
   */
  default void tokenFetched(TokenFetch event) {}

  /**
   * Receives the end of a call, successful or not.
   *
   * @param event the call and its outcome
   */
  default void callFinished(Finished event) {}

  /**
   * The start of a call.
   *
   * @param call the number of the call, unique in this process
   * @param provider the name of the provider, for example {@code thingspace-m2m}
   * @param operation verb and path template
   * @param page the page of an iteration that this call fetches, or null
   */
  record Started(long call, String provider, String operation, @Nullable IteratedPage page) {}

  /**
   * One page of an iteration over a paged request. Each page is a call of its own.
   *
   * @param iteration the number of the iteration, unique in this process
   * @param number the number of the page, from 1
   */
  record IteratedPage(long iteration, int number) {}

  /**
   * The start of an attempt.
   *
   * @param call the call, as in its {@link Started}
   * @param provider the name of the provider
   * @param operation verb and path template
   * @param number the number of the attempt, from 1
   */
  record Attempt(long call, String provider, String operation, int number) {}

  /**
   * The end of an attempt.
   *
   * @param call the call, as in its {@link Started}
   * @param provider the name of the provider
   * @param operation verb and path template
   * @param number as in its {@link Attempt}
   * @param failure the kind of the failure, or null
   * @param status the HTTP status, or 0 without an answer; the status of the login if the login
   *     failed
   * @param responseBytes the size of the answer's body, decompressed; 0 for a failure
   * @param duration the time to the end of the answer, including the wait for a token
   */
  record AttemptFinished(
      long call,
      String provider,
      String operation,
      int number,
      ApiException.@Nullable Kind failure,
      int status,
      long responseBytes,
      Duration duration) {}

  /**
   * A retry of an attempt.
   *
   * @param call the call, as in its {@link Started}
   * @param provider the name of the provider
   * @param operation verb and path template
   * @param attempts the number of attempts so far
   * @param failure the kind of the last failure; {@code UNAUTHENTICATED} if the token was refused
   *     and is refreshed
   * @param status the HTTP status of the last attempt, or 0 without an answer
   * @param delay the wait before the retry
   */
  record Retry(
      long call,
      String provider,
      String operation,
      int attempts,
      ApiException.Kind failure,
      int status,
      Duration delay) {}

  /**
   * A token request. Clients that share credentials share their tokens; only the client whose call
   * started the request reports it.
   *
   * @param call the call that started the request; it may have ended
   * @param provider the name of the provider
   * @param token the name of the token, for example {@code ThingSpace session token}
   * @param failure the kind of the failure, or null if there is a token
   * @param duration the duration of the request
   */
  record TokenFetch(
      long call,
      String provider,
      String token,
      ApiException.@Nullable Kind failure,
      Duration duration) {}

  /**
   * The end of a call.
   *
   * @param call the call, as in its {@link Started}
   * @param provider the name of the provider
   * @param operation verb and path template
   * @param failure the kind of the failure, or null; {@code CANCELLED} also if an interceptor of
   *     the user threw anything but an {@link java.io.IOException}
   * @param status the last HTTP status, or 0 without an answer
   * @param attempts the number of attempts
   * @param responseBytes the size of the answer's body, decompressed; 0 for a failure
   * @param queued how long an asynchronous call waited in the client's queues, see {@link
   *     ClientBuilder#concurrency}
   * @param duration the time from then to the typed answer, all other waits included
   */
  record Finished(
      long call,
      String provider,
      String operation,
      ApiException.@Nullable Kind failure,
      int status,
      int attempts,
      long responseBytes,
      Duration queued,
      Duration duration) {}
}
