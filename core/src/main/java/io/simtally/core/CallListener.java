package io.simtally.core;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a client's calls do, for metrics and traces. Every event of a call carries the same
 * {@code call} number, by which a listener that keeps something per call, a span perhaps, finds it
 * again.
 *
 * <p>A call that is started is always finished, whatever ends it: an answer, a failure, its
 * deadline, a cancelled future, an interrupt, {@code close()}. In between come its attempts, each
 * finished before the next is started or the call is finished, and before each repetition the
 * reason for it:
 *
 * <pre>{@code
 * callStarted
 *   attemptStarted 1, attemptFinished 1, retryScheduled
 *   attemptStarted 2, attemptFinished 2
 * callFinished
 * }</pre>
 *
 * <p>There may be no attempt at all, for example if the thread is interrupted already. What is
 * refused before it becomes a call, because a setting is missing or the client closed, is not heard
 * of.
 *
 * <p>The events of one call come one after the other; those of different calls come at the same
 * time, so a listener has to be thread-safe. {@link #callStarted} runs on the thread that calls
 * {@code execute()} or {@code executeAsync()}, the others there too or, for {@code executeAsync()},
 * on a thread of the client. {@link #callFinished} runs before {@code execute()} returns and before
 * a future completes. Listeners should be quick; what they throw is logged under {@code
 * io.simtally.listener} and changes nothing.
 *
 * <p>No event holds a filled-in address, a body or a credential.
 */
public interface CallListener {
  /** Hears nothing. */
  CallListener NONE = new CallListener() {};

  /**
   * Tells each of {@code listeners} everything, in their order, for example metrics and traces.
   *
   * @param listeners whom to tell
   * @return a listener that tells them; what one throws does not keep an event from the others
   * @throws IllegalArgumentException if one is null
   */
  static CallListener all(CallListener... listeners) {
    return IsolatedListeners.of(Arrays.asList(listeners));
  }

  /**
   * A call begins.
   *
   * @param event which call
   */
  default void callStarted(Started event) {}

  /**
   * One request is about to be sent: the rate limit has let it pass.
   *
   * @param event which attempt of which call
   */
  default void attemptStarted(Attempt event) {}

  /**
   * An attempt has ended, well or not, with its answer read to the end.
   *
   * @param event which attempt, and how it ended
   */
  default void attemptFinished(AttemptFinished event) {}

  /**
   * An attempt failed and is repeated after a wait.
   *
   * @param event why, and how long the wait is
   */
  default void retryScheduled(Retry event) {}

  /**
   * A token was asked for, because there was none, because it was about to expire, or because it
   * was refused. Runs on a thread of its own, at any time among the events of calls.
   *
   * @param event which token, and whether there is one
   */
  default void tokenFetched(TokenFetch event) {}

  /**
   * A call has ended, well or not.
   *
   * @param event which call, and how it ended
   */
  default void callFinished(Finished event) {}

  /**
   * A call begins.
   *
   * @param call the same in all events of one call, different for all calls of this program
   * @param provider which system is called, for example {@code thingspace-m2m}
   * @param operation verb and path template
   * @param page which page of which iteration this call fetches, or null if it is not part of one
   */
  record Started(long call, String provider, String operation, @Nullable IteratedPage page) {}

  /**
   * One of the pages that an iteration over a paged request fetches, each by a call of its own.
   *
   * @param iteration the same for all pages of one iteration, different for all iterations of this
   *     program
   * @param number 1 for the first page that the iteration asks for
   */
  record IteratedPage(long iteration, int number) {}

  /**
   * One request is about to be sent.
   *
   * @param call the call, as in its {@link Started}
   * @param provider which system is called
   * @param operation verb and path template
   * @param number 1 for the first
   */
  record Attempt(long call, String provider, String operation, int number) {}

  /**
   * An attempt has ended.
   *
   * @param call the call, as in its {@link Started}
   * @param provider which system is called
   * @param operation verb and path template
   * @param number as in its {@link Attempt}
   * @param failure why it failed, or null if it did not
   * @param status the HTTP status, or 0 if there was no answer; of the login if that is what failed
   * @param responseBytes the size of the answer's body, decompressed; 0 for a failure
   * @param duration until the answer was read to its end, waiting for a token included
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
   * An attempt is repeated.
   *
   * @param call the call, as in its {@link Started}
   * @param provider which system is called
   * @param operation verb and path template
   * @param attempts how often the request was sent until now
   * @param failure why the last attempt failed; {@code UNAUTHENTICATED} if the credentials were
   *     refused and are refreshed
   * @param status the HTTP status of the last attempt, or 0 if there was no answer
   * @param delay how long the call waits before
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
   * A token was asked for. Clients that share credentials share their tokens: the listener of the
   * client whose call asked first hears of it.
   *
   * @param call the call that asked first; others may have waited too, and it may have ended
   * @param provider which system is called
   * @param token which token, for example {@code ThingSpace session token}
   * @param failure why there is none, or null if there is one
   * @param duration how long that took, repetitions excluded
   */
  record TokenFetch(
      long call,
      String provider,
      String token,
      ApiException.@Nullable Kind failure,
      Duration duration) {}

  /**
   * A call has ended.
   *
   * @param call the call, as in its {@link Started}
   * @param provider which system is called
   * @param operation verb and path template
   * @param failure why it failed, or null if it did not; {@code CANCELLED} also if an interceptor
   *     of the program's own threw what is no {@link java.io.IOException}
   * @param status the last HTTP status, or 0 if there was no answer
   * @param attempts how often the request was sent
   * @param responseBytes the size of the answer's body, decompressed; 0 for a failure
   * @param queued how long an asynchronous call waited for its turn, see {@link
   *     ClientBuilder#concurrency}
   * @param duration from then on to the typed answer, all waits included
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
