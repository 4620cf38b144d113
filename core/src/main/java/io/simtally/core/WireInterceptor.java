package io.simtally.core;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Next to the network: counts what the server really gets, and hides from the layers of OkHttp
 * above what they would treat behind the retry policy's back.
 */
final class WireInterceptor implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    var exchange = Exchange.of(chain.request());
    if (exchange == null) {
      return chain.proceed(chain.request());
    }
    exchange.sent(chain.connection());
    var response = PackedBody.watched(chain.proceed(chain.request()), exchange);
    if (response.code() != 503) {
      return response;
    }
    // OkHttp would repeat a zero in silence, and throw at a number beyond an int.
    exchange.hideRetryAfter(response.headers(RetryAfter.HEADER));
    return response.newBuilder().removeHeader(RetryAfter.HEADER).build();
  }
}
