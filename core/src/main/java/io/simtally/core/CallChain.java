package io.simtally.core;

import io.simtally.core.auth.Auth;
import io.simtally.core.internal.Time;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The steps of a call, composed in one place. A step that is switched off is not inserted. */
final class CallChain implements Interceptor {
  /** One concern of a call, which passes the call on to the next step. Thread-safe. */
  interface Step {
    /**
     * Sends a call.
     *
     * @return the outcome of the last attempt
     * @throws IOException if a wait between attempts ends early
     */
    Outcome send(CallContext call, Chain chain) throws IOException;
  }

  private final Step outermost;

  private CallChain(Step outermost) {
    this.outermost = outermost;
  }

  /**
   * Inserts the steps of a call into an HTTP client, outermost first: read timeout, retry, refresh
   * of tokens, rate limit, log, reading of the body, auth. No step outside auth sees a credential.
   *
   * @param plain the client with the user's own interceptors
   * @param ownReadTimeout whether the read timeout of an attempt follows the timeout of the call
   */
  static OkHttpClient insert(
      OkHttpClient plain,
      Auth auth,
      Time time,
      RetryBudget budget,
      @Nullable RateLimiter rateLimiter,
      long maxBodyBytes,
      boolean ownReadTimeout) {
    Step chain = new SendStep(maxBodyBytes);
    chain = new LogStep(chain);
    chain = rateLimiter == null ? chain : new RateLimitStep(rateLimiter, time, chain);
    chain = new TokenRefreshStep(chain);
    chain = new RetryStep(budget, time, chain);
    chain = ownReadTimeout ? new ReadTimeoutStep(chain) : chain;
    return plain
        .newBuilder()
        .addInterceptor(new CallChain(chain))
        .addInterceptor(auth)
        .addNetworkInterceptor(new NetworkInterceptor())
        .build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var call = CallContext.of(chain.call());
    if (call == null) {
      throw new IllegalStateException("an interceptor has sent another call than ours");
    }
    return outermost.send(call, chain).orThrow();
  }
}
