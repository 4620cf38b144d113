package io.simtally.fleet.check;

import io.simtally.core.RetryPolicy;
import io.simtally.core.ThingSpaceClientBuilder;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.util.Objects;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** One of the two services behind the same address and the same login. */
interface ThingSpaceService extends Service {
  @Override
  default String baseUrlVariable() {
    return "THINGSPACE_BASE_URL";
  }

  @Override
  default String defaultBaseUrl() {
    return "https://thingspace.verizon.com/api";
  }

  @Override
  default boolean hasLogin() {
    return true;
  }

  /** Lets a client send a call once, with what the login of the run has brought. */
  default <B extends ThingSpaceClientBuilder<B>> B set(
      B client, CheckScope asked, OkHttpClient http, @Nullable ThingSpaceCredentials credentials) {
    return client
        .baseUrl(baseUrl(asked))
        .credentials(Objects.requireNonNull(credentials))
        .httpClient(http)
        .retryPolicy(RetryPolicy.none());
  }
}
