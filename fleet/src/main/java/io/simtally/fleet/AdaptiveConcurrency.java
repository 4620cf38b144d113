package io.simtally.fleet;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may be under way, and whether more make sense. Begins at the full width; halves,
 * and pauses, where the provider answers 429, and widens again with each answer. Not thread-safe.
 */
final class AdaptiveConcurrency {
  /** With this many more failures than answers, it is not the devices. */
  private static final int MOST_FAILURES = 25;

  /** Slowed down this often without an answer in between, the provider means something else. */
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

  /** How many calls may be under way at once. */
  int window() {
    return (int) window;
  }

  /** How often it was slowed down when a call began. */
  long epoch() {
    return epoch;
  }

  /** How many nanoseconds no call may begin; zero or less if one may. */
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
   * The provider has answered 429.
   *
   * @param begunIn the epoch in which the call began
   * @return whether the same may be asked again, later
   */
  boolean slowDown(long begunIn, @Nullable Duration retryAfter, long now) {
    if (begunIn < epoch) {
      return true; // It was too fast already when this call began.
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

  /** Why a failure ends the run, or null if the others are still to be asked about. */
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
