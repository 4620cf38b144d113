package io.simtally.core;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor.Chain;

/**
 * Sets the read timeout of an attempt to half of the call's timeout, so that a hung attempt leaves
 * time for another one.
 */
record ReadTimeoutStep(CallChain.Step next) implements CallChain.Step {
  private static final Duration SHORTEST = Duration.ofSeconds(30);

  /** Returns the read timeout of an attempt, at most what OkHttp accepts. */
  static int millis(Duration callTimeout) {
    // In milliseconds, because Duration.dividedBy computes with BigDecimal.
    var longest = Math.max(callTimeout.toMillis() / 2, SHORTEST.toMillis());
    return (int) Math.min(longest, Integer.MAX_VALUE);
  }

  @Override
  public Outcome send(CallContext call, Chain chain) throws IOException {
    var millis = millis(call.deadline().limit());
    return next.send(
        call,
        millis == chain.readTimeoutMillis()
            ? chain
            : chain.withReadTimeout(millis, TimeUnit.MILLISECONDS));
  }
}
