package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.simtally.core.auth.BasicKeyAuth;
import io.simtally.core.auth.BearerAuth;
import io.simtally.core.auth.QueryKeyAuth;
import io.simtally.core.auth.Secret;
import io.simtally.core.auth.ThingSpaceAuth;
import io.simtally.core.auth.ThingSpaceCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NullArgumentsTest {
  private static final HttpUrl URL = HttpUrl.get("https://test.invalid");
  private static final Secret SECRET = Secret.of("key", "test-key");
  private static final ThingSpaceCredentials TOKENS = ThingSpaceCredentials.tokens("a", "b");

  @ParameterizedTest
  @MethodSource
  void namesWhatIsNull(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name + " is null");
  }

  static List<Arguments> namesWhatIsNull() {
    return List.of(
        refused("origin", () -> new BasicKeyAuth(null, SECRET)),
        refused("key", () -> new BasicKeyAuth(URL, null)),
        refused("parameter", () -> new QueryKeyAuth(URL, null, SECRET)),
        refused("key", () -> new QueryKeyAuth(URL, "apikey", null)),
        refused("origin", () -> BearerAuth.fixed(null, SECRET)),
        refused("token", () -> BearerAuth.fixed(URL, null)),
        refused("source", () -> BearerAuth.refreshing(URL, null)),
        refused("baseUrl", () -> new ThingSpaceAuth(null, TOKENS, new OkHttpClient())),
        refused("credentials", () -> new ThingSpaceAuth(URL, null, new OkHttpClient())),
        refused("calls", () -> new ThingSpaceAuth(URL, TOKENS, null)),
        refused("environment", () -> ThingSpaceCredentials.fromEnv(null)),
        refused("value", () -> new ApiResponse<>(null, 200, Headers.EMPTY, null, 1)),
        refused("headers", () -> new ApiResponse<>("a", 200, null, null, 1)),
        refused("subject", () -> new UsageRecord("a", null, Instant.EPOCH, null, 1, 1L, 0L, null)),
        refused("cursor", () -> PageCursor.parse(null)),
        refused("firstDelay", () -> RetryPolicy.standard().delays(null, Duration.ZERO)),
        refused("proxy", () -> TestClient.builder().proxy(null)),
        refused("connectTimeout", () -> TestClient.builder().connectTimeout(null)));
  }

  private static Arguments refused(String name, ThrowingCallable call) {
    return arguments(name, call);
  }
}
