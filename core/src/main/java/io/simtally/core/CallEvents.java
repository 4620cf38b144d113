package io.simtally.core;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.CallListener.Attempt;
import io.simtally.core.CallListener.AttemptFinished;
import io.simtally.core.CallListener.Finished;
import io.simtally.core.CallListener.IteratedPage;
import io.simtally.core.CallListener.Retry;
import io.simtally.core.CallListener.Started;
import io.simtally.core.CallListener.TokenFetch;
import io.simtally.core.internal.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log and the listener how one call goes. Used by one thread at a time, but for {@link
 * #tokenFetched}.
 */
final class CallEvents {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.calls");
  private static final AtomicLong CALLS = new AtomicLong();

  private final long call = CALLS.incrementAndGet();
  private final String provider;
  private final String operation;
  private final CallListener listener;
  private final Time time;

  /** The attempt under way, or 0. */
  private int attempt;

  private long attemptStarted;
  private boolean finished;

  CallEvents(String provider, String operation, CallListener listener, Time time) {
    this.provider = provider;
    this.operation = operation;
    this.listener = listener;
    this.time = time;
  }

  void started(@Nullable IteratedPage page) {
    if (isHeard()) {
      listener.callStarted(new Started(call, provider, operation, page));
    }
  }

  void attemptStarted(int number) {
    attempt = number;
    attemptStarted = time.nanoTime();
    if (isHeard()) {
      listener.attemptStarted(new Attempt(call, provider, operation, number));
    }
  }

  /**
   * The attempt has ended, if one was begun.
   *
   * @param outcome what the log says of it
   */
  void attemptFinished(@Nullable Kind failure, int status, long responseBytes, String outcome) {
    if (attempt == 0) {
      return;
    }
    var duration = Duration.ofNanos(time.nanoTime() - attemptStarted);
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} {} attempt {} -> {} after {} ms (call {})",
          provider,
          operation,
          attempt,
          outcome,
          duration.toMillis(),
          call);
    }
    if (isHeard()) {
      listener.attemptFinished(
          new AttemptFinished(
              call, provider, operation, attempt, failure, status, responseBytes, duration));
    }
    attempt = 0;
  }

  void retryScheduled(int attempts, Kind failure, int status, Duration delay) {
    LOG.debug("{} {} again in {} ms (call {})", provider, operation, delay.toMillis(), call);
    if (isHeard()) {
      listener.retryScheduled(
          new Retry(call, provider, operation, attempts, failure, status, delay));
    }
  }

  /** A token that this call asked for first has come, or not; the call may have ended. */
  void tokenFetched(String token, @Nullable Kind failure, Duration duration) {
    if (isHeard()) {
      listener.tokenFetched(new TokenFetch(call, provider, token, failure, duration));
    }
  }

  /** The call has ended, and with it an attempt that was stopped from outside. */
  void finished(
      @Nullable Kind failure,
      int status,
      int attempts,
      long responseBytes,
      Duration queued,
      Duration duration) {
    if (finished) {
      return;
    }
    finished = true;
    attemptFinished(failure, status, 0, String.valueOf(failure));
    if (isHeard()) {
      listener.callFinished(
          new Finished(
              call,
              provider,
              operation,
              failure,
              status,
              attempts,
              responseBytes,
              queued,
              duration));
    }
  }

  private boolean isHeard() {
    return listener != CallListener.NONE;
  }
}
