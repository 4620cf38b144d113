package io.simtally.reliability;

import io.simtally.core.CallListener;
import io.simtally.core.ClientBuilder;
import io.simtally.core.RetryPolicy;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The settings of all clients of a test.
 *
 * @param http the user's own client, or null for Simtally's default
 * @param loggedIn whether the credentials are tokens instead of a login
 */
public record Setup(
    String baseUrl,
    @Nullable OkHttpClient http,
    CallListener listener,
    RetryPolicy retryPolicy,
    boolean loggedIn) {
  private static final RetryPolicy PROMPT =
      RetryPolicy.standard().maxAttempts(2).delays(Duration.ofMillis(1), Duration.ofMillis(1));

  /** Returns a setup with one retry, without a delay. */
  public static Setup of(String baseUrl) {
    return new Setup(baseUrl, null, CallListener.NONE, PROMPT, false);
  }

  /** Returns this setup with a client of the user. */
  public Setup http(OkHttpClient client) {
    return new Setup(baseUrl, client, listener, retryPolicy, loggedIn);
  }

  /** Returns this setup with a listener. */
  public Setup listener(CallListener told) {
    return new Setup(baseUrl, http, told, retryPolicy, loggedIn);
  }

  /** Returns this setup with another retry policy. */
  public Setup retryPolicy(RetryPolicy policy) {
    return new Setup(baseUrl, http, listener, policy, loggedIn);
  }

  /** Returns this setup with tokens instead of a login. */
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
