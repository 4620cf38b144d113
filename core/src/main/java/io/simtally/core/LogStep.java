package io.simtally.core;

import java.io.IOException;
import okhttp3.Interceptor.Chain;

/** Reports the beginning and the end of each attempt to the log and the listener. */
record LogStep(CallChain.Step next) implements CallChain.Step {
  @Override
  public Outcome send(CallContext call, Chain chain) throws IOException {
    call.events().attemptStarted(call.attempts());
    var outcome = next.send(call, chain);
    if (!outcome.stopped()) {
      call.events().attemptFinished(outcome, outcome.isSuccess() ? null : outcome.kind(call));
    }
    return outcome;
  }
}
