package io.simtally.core;

import io.simtally.core.internal.Time;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One log line per attempt, and its event. Stands outside auth, and writes the template of the
 * address only.
 */
final class AttemptInterceptor implements Interceptor {
  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.calls");

  private final Time time;
  private final CallListener listener;

  AttemptInterceptor(Time time, CallListener listener) {
    this.time = time;
    this.listener = listener;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var exchange = Exchange.of(chain);
    if (listener != CallListener.NONE) {
      listener.attemptStarted(
          new CallListener.Attempt(exchange.provider(), exchange.operation(), exchange.attempts()));
    }
    return LOG.isDebugEnabled() ? logged(chain, exchange) : chain.proceed(chain.request());
  }

  private Response logged(Chain chain, Exchange exchange) throws IOException {
    var start = time.nanoTime();
    try {
      var response = chain.proceed(chain.request());
      log(exchange, String.valueOf(response.code()), start);
      return response;
    } catch (IOException e) {
      // The class only: a message may repeat what was sent.
      log(exchange, e.getClass().getSimpleName(), start);
      throw e;
    }
  }

  private void log(Exchange exchange, String outcome, long start) {
    LOG.debug(
        "{} {} attempt {} -> {} after {} ms",
        exchange.provider(),
        exchange.operation(),
        exchange.attempts(),
        outcome,
        Duration.ofNanos(time.nanoTime() - start).toMillis());
  }
}
