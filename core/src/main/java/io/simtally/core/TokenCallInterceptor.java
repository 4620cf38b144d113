package io.simtally.core;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Sends a request for a token as one attempt, which nobody repeats in silence. */
final class TokenCallInterceptor implements Interceptor {
  private final String userAgent;

  TokenCallInterceptor(String userAgent) {
    this.userAgent = userAgent;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var attempt = Attempt.none();
    var request =
        chain
            .request()
            .newBuilder()
            .header("User-Agent", userAgent)
            .tag(Attempt.class, attempt)
            .build();
    return attempt.visible(chain.proceed(request));
  }
}
