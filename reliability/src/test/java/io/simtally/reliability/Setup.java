package io.simtally.reliability;

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
 * @param loggedIn whether tokens are there from the start, instead of a login that fetches them
 */
public record Setup(
    String baseUrl,
    @Nullable OkHttpClient http,
    CallListener listener,
    RetryPolicy retryPolicy,
    boolean loggedIn) {
  private static final RetryPolicy PROMPT =
      RetryPolicy.standard().maxAttempts(2).delays(Duration.ofMillis(1), Duration.ofMillis(1));

  /** Tries twice, at once. */
  public static Setup of(String baseUrl) {
    return new Setup(baseUrl, null, CallListener.NONE, PROMPT, false);
  }

  /** The same with a client of the user's. */
  public Setup http(OkHttpClient client) {
    return new Setup(baseUrl, client, listener, retryPolicy, loggedIn);
  }

  /** The same with somebody who listens. */
  public Setup listener(CallListener told) {
    return new Setup(baseUrl, http, told, retryPolicy, loggedIn);
  }

  /** The same with other repetitions. */
  public Setup retryPolicy(RetryPolicy policy) {
    return new Setup(baseUrl, http, listener, policy, loggedIn);
  }

  /** The same with tokens that are there already. */
  public Setup withTokens() {
    return new Setup(baseUrl, http, listener, retryPolicy, true);
  }

  <B extends ClientBuilder<B>> B on(B builder) {
    var built =
        builder
            .baseUrl(baseUrl)
            .listener(listener)
            .retryPolicy(retryPolicy)
            .timeout(Duration.ofSeconds(20));
    return http == null ? built : built.httpClient(http);
  }
}
