package io.simtally.reliability.security;

import io.simtally.core.CallListener;
import io.simtally.core.ClientBuilder;
import io.simtally.core.RetryPolicy;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What all clients of a test are built with.
 *
 * @param http the user's own client, or null for one of Simtally's making
 */
record Setup(String baseUrl, @Nullable OkHttpClient http, CallListener listener) {
  private static final RetryPolicy PROMPT =
      RetryPolicy.standard().maxAttempts(2).delays(Duration.ofMillis(1), Duration.ofMillis(1));

  static Setup of(String baseUrl) {
    return new Setup(baseUrl, null, CallListener.NONE);
  }

  Setup http(OkHttpClient client) {
    return new Setup(baseUrl, client, listener);
  }

  <B extends ClientBuilder<B>> B on(B builder) {
    var built =
        builder
            .baseUrl(baseUrl)
            .listener(listener)
            .retryPolicy(PROMPT)
            .timeout(Duration.ofSeconds(20));
    return http == null ? built : built.httpClient(http);
  }
}
