package io.simtally.core;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;

/**
 * Next to the network: counts what the server really gets, keeps OkHttp from repeating a {@code
 * 503} with {@code Retry-After: 0} behind the retry policy's back, and tells a body that broke off
 * from one that arrived and is no gzip.
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
    var response = watched(chain.proceed(chain.request()), exchange);
    if (response.code() != 503 || !isZero(response.header(RETRY_AFTER, ""))) {
      return response;
    }
    exchange.hideRetryAfterZero();
    return response.newBuilder().removeHeader(RETRY_AFTER).build();
  }

  /** OkHttp unpacks above this place, where both look the same: a failure to read. */
  private static Response watched(Response response, Exchange exchange) {
    var isPacked = "gzip".equalsIgnoreCase(response.header("Content-Encoding"));
    if (!isPacked || !response.isSuccessful() || !hasEnd(response)) {
      return response;
    }
    var body = response.body();
    exchange.packedBodyBegins();
    var source =
        new ForwardingSource(body.source()) {
          @Override
          public long read(Buffer sink, long byteCount) throws IOException {
            try {
              return super.read(sink, byteCount);
            } catch (IOException e) {
              exchange.packedBodyBrokeOff();
              throw e;
            }
          }
        };
    return response
        .newBuilder()
        .body(ResponseBody.create(Okio.buffer(source), body.contentType(), body.contentLength()))
        .build();
  }

  /** Whether the end of the body is told apart from a lost connection. */
  private static boolean hasEnd(Response response) {
    return response.body().contentLength() >= 0
        || response.header("Transfer-Encoding") != null
        || response.protocol() == Protocol.HTTP_2;
  }

  private static boolean isZero(String retryAfter) {
    return !retryAfter.isEmpty() && retryAfter.chars().allMatch(c -> c == '0');
  }
}
