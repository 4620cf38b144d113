package io.simtally.core;

import io.simtally.core.internal.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.Interceptor.Chain;
import okio.AsyncTimeout;

/** Delays an attempt until the rate limit has a slot for it. */
record RateLimitStep(RateLimiter limiter, Time time, CallChain.Step next)
    implements CallChain.Step {
  @Override
  public Outcome send(CallContext call, Chain chain) throws IOException {
    if (call.deadline().isRunning()) {
      limiter.await(call.deadline());
    } else {
      queue(call.deadline(), chain);
    }
    var sent = time.nanoTime();
    var outcome = next.send(call, chain);
    if (outcome.response() != null) {
      limiter.answered(outcome.response().code(), sent);
    }
    return outcome;
  }

  /**
   * Waits without a time limit. OkHttp's own clock of the call has run since the call left the
   * dispatcher's queue, so it stops for this wait.
   */
  private void queue(Deadline deadline, Chain chain) throws IOException {
    var clock = chain.call().timeout() instanceof AsyncTimeout timeout ? timeout : null;
    if (clock != null && clock.exit()) {
      throw new InterruptedIOException("timeout");
    }
    limiter.queue(deadline);
    deadline.start();
    if (clock != null) {
      clock.enter();
    }
  }
}
