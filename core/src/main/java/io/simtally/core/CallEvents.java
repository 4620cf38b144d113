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
 * Reports the events of one call to the log and the listener. Used by one thread at a time, except
 * {@link #tokenFetched}.
 */
final class CallEvents {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.calls");
  private static final AtomicLong CALLS = new AtomicLong();

  private final long call = CALLS.incrementAndGet();
  private final String provider;
  private final String operation;
  private final CallListener listener;
  private final Time time;

  /** The number of the current attempt, or 0. */
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

  void attemptFinished(Outcome outcome, @Nullable Kind failure) {
    if (isHeard() || LOG.isDebugEnabled()) {
      attemptFinished(failure, outcome.status(), outcome.bytes(), outcome.words());
    }
    attempt = 0;
  }

  private void attemptFinished(
      @Nullable Kind failure, int status, long responseBytes, String outcome) {
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
  }

  void retryScheduled(int attempts, Kind failure, int status, Duration delay) {
    LOG.debug("{} {} again in {} ms (call {})", provider, operation, delay.toMillis(), call);
    if (isHeard()) {
      listener.retryScheduled(
          new Retry(call, provider, operation, attempts, failure, status, delay));
    }
  }

  /** Reports the end of a token request that this call started. The call may have ended. */
  void tokenFetched(String token, @Nullable Kind failure, Duration duration) {
    if (isHeard()) {
      listener.tokenFetched(new TokenFetch(call, provider, token, failure, duration));
    }
  }

  /** Reports the end of the call, and of an attempt that was stopped. */
  void finished(
      @Nullable Kind failure, int status, int attempts, long responseBytes, Deadline deadline) {
    if (finished) {
      return;
    }
    finished = true;
    if (attempt != 0) {
      attemptFinished(failure, status, 0, String.valueOf(failure));
      attempt = 0;
    }
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
              deadline.queued(),
              deadline.elapsed()));
    }
  }

  private boolean isHeard() {
    return listener != CallListener.NONE;
  }
}
