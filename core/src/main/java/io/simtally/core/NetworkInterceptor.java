package io.simtally.core;

import io.simtally.core.internal.http.CompressedBody;
import io.simtally.core.internal.http.RetryAfter;
import io.simtally.core.internal.http.UnreadableBodyException;
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
    var attempt = Attempt.of(chain);
    if (attempt == null) {
      return chain.proceed(chain.request());
    }
    attempt.sent(chain.connection());
    var response = CompressedBody.watched(answer(chain), attempt);
    if (response.code() != 503) {
      return response;
    }
    // OkHttp would repeat a zero in silence, and throw at a number beyond an int.
    attempt.hideRetryAfter(response.headers(RetryAfter.HEADER));
    return response.newBuilder().removeHeader(RetryAfter.HEADER).build();
  }

  private static Response answer(Chain chain) throws IOException {
    try {
      var response = chain.proceed(chain.request());
      if (response.body().contentLength() < -1) {
        // Not even closing such a body ends well, and nobody closes what is thrown here.
        throw UnreadableBodyException.lengthBelowZero();
      }
      return response;
    } catch (RuntimeException e) {
      // Nothing but OkHttp is in there, reading what the server sent.
      throw UnreadableBodyException.noHttp(e);
    }
  }
}
