package io.simtally.core;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Marks where an attempt begins: behind the rate limit's wait, and outside auth. */
final class AttemptInterceptor implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    var exchange = Exchange.of(chain);
    exchange.report().attemptStarted(exchange.attempts());
    return chain.proceed(chain.request());
  }
}
