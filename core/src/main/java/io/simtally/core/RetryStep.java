package io.simtally.core;

import io.simtally.core.internal.Time;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import okhttp3.Interceptor.Chain;
import org.jspecify.annotations.Nullable;

/** Retries failed attempts within the call's policy, its deadline and the client's budget. */
record RetryStep(RetryBudget budget, Time time, CallChain.Step next) implements CallChain.Step {
  /**
   * OkHttp pings an HTTP/2 connection on which a response is overdue, waits a second for the reply,
   * and only then stops using the connection.
   */
  private static final Duration PING_TIMEOUT = Duration.ofMillis(1_100);

  @Override
  public Outcome send(CallContext call, Chain chain) throws IOException {
    var retries = 0;
    while (true) {
      var outcome = next.send(call, chain);
      if (outcome.isSuccess()) {
        budget.succeeded(retries > 0);
        return outcome;
      }
      if (!outcome.isRetryable(call)) {
        return outcome;
      }
      var retry = retry(outcome, call, ++retries);
      if (retry.refused() != null) {
        call.attempt().isLast(retry.refused());
        return outcome;
      }
      call.retryScheduled(outcome, retry.delay());
      outcome.close();
      call.deadline().sleep(retry.delay());
      if (outcome.isUnanswered()) {
        // If one connection is dead, the idle ones beside it may be dead too.
        chain.getConnectionPool().evictAll();
      }
    }
  }

  /**
   * Whether a failed attempt is retried.
   *
   * @param refused the reason why not, or null
   */
  private record Retry(Duration delay, @Nullable String refused) {
    static Retry after(Duration delay) {
      return new Retry(delay, null);
    }

    static Retry refused(String reason) {
      return new Retry(Duration.ZERO, reason);
    }
  }

  private Retry retry(Outcome outcome, CallContext call, int number) {
    var policy = call.settings().retryPolicy();
    if (number >= policy.maxAttempts()) {
      return Retry.refused("after " + call.attempts() + " attempts");
    }
    var asked = outcome.retryAfter(time);
    var delay = longer(asked, random(policy.longestDelay(number)));
    if (outcome.failure() instanceof SocketTimeoutException && call.attempt().isSentOverHttp2()) {
      delay = longer(PING_TIMEOUT, delay);
    }
    if (delay.compareTo(call.deadline().left()) >= 0) {
      return Retry.refused(
          asked != null && delay.equals(asked)
              ? "because the Retry-After of " + asked.toSeconds() + " s passes the deadline"
              : "because the deadline leaves no time for another attempt");
    }
    return budget.spend()
        ? Retry.after(delay)
        : Retry.refused("because the client's retry budget is spent");
  }

  private Duration random(Duration longest) {
    return Duration.ofNanos(time.random(longest.toNanos()));
  }

  private static Duration longer(@Nullable Duration one, Duration other) {
    return one != null && one.compareTo(other) > 0 ? one : other;
  }
}
