package io.simtally.fleet;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The number of concurrent calls, and the decision to stop. Starts with the configured number,
 * halves it and pauses when the provider answers 429, and raises it with each response. Not
 * thread-safe.
 */
final class AdaptiveConcurrency {
  /** With this many more failures than responses, the devices are not the reason. */
  private static final int MOST_FAILURES = 25;

  /** The most slow-downs in a row without a response in between. */
  private static final int MOST_SLOW_DOWNS = 6;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final int widest;
  private double window;
  private long epoch;
  private int slowDowns;
  private long pauseEnd;
  private boolean pausing;
  private int failures;
  private @Nullable String tooFast;

  AdaptiveConcurrency(int widest) {
    this.widest = widest;
    this.window = widest;
  }

  /** Returns the number of concurrent calls. */
  int window() {
    return (int) window;
  }

  /** Returns the number of slow-downs so far. */
  long epoch() {
    return epoch;
  }

  /** Returns the nanoseconds until a call may begin; zero or less if it may begin now. */
  long pauseLeft(long now) {
    if (!pausing) {
      return 0;
    }
    var left = pauseEnd - now;
    pausing = left > 0;
    return left;
  }

  void answered() {
    slowDowns = 0;
    failures = Math.max(0, failures - 1);
    window = Math.min(widest, window + 1 / window);
  }

  void failed() {
    failures++;
  }

  /**
   * Slows down after a 429.
   *
   * @param begunIn the epoch in which the call began
   * @return whether the call may be sent again later
   */
  boolean slowDown(long begunIn, @Nullable Duration retryAfter, long now) {
    if (begunIn < epoch) {
      return true; // The call began before the last slow-down.
    }
    var pause = FIRST_PAUSE.multipliedBy(1L << slowDowns);
    if (retryAfter != null && retryAfter.compareTo(pause) > 0) {
      pause = retryAfter;
    }
    if (slowDowns == MOST_SLOW_DOWNS || pause.compareTo(LONGEST_PAUSE) > 0) {
      tooFast =
          slowDowns == MOST_SLOW_DOWNS
              ? "429 is answered however slowly it is asked"
              : "the provider asks to wait " + pause.toSeconds() + " seconds";
      return false;
    }
    epoch++;
    slowDowns++;
    window = Math.max(1, window / 2);
    pauseEnd = now + pause.toNanos();
    pausing = true;
    return true;
  }

  /** Returns why a failure ends the run, or null if the run continues. */
  @Nullable String reasonToStop(FailureScope verdict) {
    return switch (verdict) {
      case DEVICE -> null;
      case CREDENTIALS -> "a credential is refused";
      case TOO_FAST -> tooFast;
      case UNCLEAR ->
          failures < MOST_FAILURES
              ? null
              : MOST_FAILURES
                  + " more calls have failed than have an answer, so it is not the"
                  + " devices";
    };
  }
}
