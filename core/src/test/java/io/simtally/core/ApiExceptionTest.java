package io.simtally.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simtally.core.ApiException.Kind;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

/** Checks the exceptions that a program's tests create. */
class ApiExceptionTest {
  @Test
  void tellsWhatItWasTold() {
    var cause = new IOException("broken");
    var headers = Headers.of("Retry-After", "30");
    var exception =
        ApiException.builder(Kind.RATE_LIMITED)
            .provider("mason-usage")
            .operation("GET /beta/{fleet}/data/series/usage")
            .status(429)
            .headers(headers)
            .body("{}")
            .reason("too many")
            .code("SLOW_DOWN")
            .providerMessage("Wait a little.")
            .requestId("r-1")
            .retryAfter(Duration.ofSeconds(30))
            .attempts(3)
            .cause(cause)
            .build();

    assertThat(exception.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(exception.provider()).isEqualTo("mason-usage");
    assertThat(exception.operation()).isEqualTo("GET /beta/{fleet}/data/series/usage");
    assertThat(exception.status()).isEqualTo(429);
    assertThat(exception.headers()).isEqualTo(headers);
    assertThat(exception.body()).isEqualTo("{}");
    assertThat(exception.code()).isEqualTo("SLOW_DOWN");
    assertThat(exception.providerMessage()).isEqualTo("Wait a little.");
    assertThat(exception.requestId()).isEqualTo("r-1");
    assertThat(exception.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(exception.attempts()).isEqualTo(3);
    assertThat(exception)
        .hasCause(cause)
        .hasMessage(
            "mason-usage GET /beta/{fleet}/data/series/usage: RATE_LIMITED, status 429: too many,"
                + " code SLOW_DOWN, Wait a little.");
  }

  @Test
  void needsNoMoreThanAKind() {
    var exception = ApiException.builder(Kind.CONNECTION).build();

    assertThat(exception).hasMessage("test GET /test: CONNECTION").hasNoCause();
    assertThat(exception.status()).isZero();
    assertThat(exception.headers()).isEmpty();
    assertThat(exception.body()).isEmpty();
    assertThat(exception.code()).isNull();
    assertThat(exception.attempts()).isEqualTo(1);
  }

  @Test
  void refusesNull() {
    assertThatThrownBy(() -> ApiException.builder(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kind");
    assertThatThrownBy(() -> ApiException.builder(Kind.CONNECTION).provider(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("provider");
  }
}
