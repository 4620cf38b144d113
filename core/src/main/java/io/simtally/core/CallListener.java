package io.simtally.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a client's calls do, for metrics and traces. Methods are called on the thread that
 * makes the call, so they should be quick; what they throw is logged and changes nothing. No event
 * holds a filled-in address or a credential.
 */
public interface CallListener {
  /** Hears nothing. */
  CallListener NONE = new CallListener() {};

  /** A call begins. */
  default void callStarted(Started event) {}

  /** One request is about to be sent. */
  default void attemptStarted(Attempt event) {}

  /** An attempt failed and is repeated after a wait. */
  default void retryScheduled(Retry event) {}

  /** A call has ended, well or not. */
  default void callFinished(Finished event) {}

  /**
   * A call begins.
   *
   * @param provider which system is called, for example {@code thingspace-m2m}
   * @param operation verb and path template
   */
  record Started(String provider, String operation) {}

  /**
   * One request is about to be sent.
   *
   * @param number 1 for the first
   */
  record Attempt(String provider, String operation, int number) {}

  /**
   * An attempt is repeated.
   *
   * @param attempts how often the request was sent until now
   * @param reason the status or the kind of failure, in a word
   * @param delay how long the call waits before
   */
  record Retry(String provider, String operation, int attempts, String reason, Duration delay) {}

  /**
   * A call has ended.
   *
   * @param failure why it failed, or null if it did not
   * @param status the last HTTP status, or 0 if there was no answer
   * @param attempts how often the request was sent
   * @param responseBytes the size of the answer's body, decompressed; 0 for a failure
   * @param duration from the start to the typed answer, waits included
   */
  record Finished(
      String provider,
      String operation,
      ApiException.@Nullable Kind failure,
      int status,
      int attempts,
      long responseBytes,
      Duration duration) {}
}
