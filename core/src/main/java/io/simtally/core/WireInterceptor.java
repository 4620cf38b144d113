package io.simtally.core;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Next to the network: counts what the server really gets, and hides the {@code Retry-After} of a
 * {@code 503} from OkHttp, which would repeat a zero behind the retry policy's back, and throw at a
 * number beyond an int.
 */
final class WireInterceptor implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    var exchange = chain.request().tag(Exchange.class);
    if (exchange == null) {
      return chain.proceed(chain.request());
    }
    exchange.sent();
    var response = chain.proceed(chain.request());
    if (response.code() != 503) {
      return response;
    }
    exchange.hideRetryAfter(response.headers(RetryAfter.HEADER));
    return response.newBuilder().removeHeader(RetryAfter.HEADER).build();
  }
}
