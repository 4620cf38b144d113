package io.simtally.core;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Interceptor.Chain;

/**
 * Repeats an attempt whose token was refused, if another token is available. The refresh itself
 * runs in auth, when the next attempt asks for a token.
 */
record TokenRefreshStep(CallChain.Step next) implements CallChain.Step {
  @Override
  public Outcome send(CallContext call, Chain chain) throws IOException {
    while (true) {
      call.beginAttempt();
      var outcome = next.send(call, chain);
      if (!call.takesAnotherToken()) {
        return outcome;
      }
      call.retryScheduled(outcome, Duration.ZERO);
      outcome.close();
    }
  }
}
