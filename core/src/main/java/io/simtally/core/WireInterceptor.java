package io.simtally.core;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Next to the network: counts what the server really gets, and keeps OkHttp from repeating a {@code
 * 503} with {@code Retry-After: 0} behind the retry policy's back.
 */
final class WireInterceptor implements Interceptor {
  static final String RETRY_AFTER = "Retry-After";

  @Override
  public Response intercept(Chain chain) throws IOException {
    var exchange = chain.request().tag(Exchange.class);
    if (exchange == null) {
      return chain.proceed(chain.request());
    }
    exchange.sent();
    var response = chain.proceed(chain.request());
    if (response.code() != 503 || !isZero(response.header(RETRY_AFTER, ""))) {
      return response;
    }
    exchange.hideRetryAfterZero();
    return response.newBuilder().removeHeader(RETRY_AFTER).build();
  }

  private static boolean isZero(String retryAfter) {
    return !retryAfter.isEmpty() && retryAfter.chars().allMatch(c -> c == '0');
  }
}
