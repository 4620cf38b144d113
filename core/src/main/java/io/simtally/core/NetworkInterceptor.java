package io.simtally.core;

import io.simtally.core.internal.http.CompressedBody;
import io.simtally.core.internal.http.RetryAfter;
import io.simtally.core.internal.http.UnreadableBodyException;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Innermost interceptor, next to the network: counts the requests that reach the server, and hides
 * the {@code Retry-After} of a 503 from OkHttp, which would retry a zero by itself and throw at a
 * number beyond an int.
 */
final class NetworkInterceptor implements Interceptor {
  private static final String HIDDEN_RETRY_AFTER = "Simtally-Retry-After";
  private static final int UNAVAILABLE = 503;

  @Override
  public Response intercept(Chain chain) throws IOException {
    var call = CallContext.of(chain.call());
    // A request for a token belongs to no call.
    var attempt = call == null ? Attempt.none() : call.attempt();
    attempt.sent(chain.connection());
    return renamed(
        CompressedBody.watched(response(chain), attempt), RetryAfter.HEADER, HIDDEN_RETRY_AFTER);
  }

  /** Returns {@code response} with the header that {@link #intercept} has hidden. */
  static Response visible(Response response) {
    return renamed(response, HIDDEN_RETRY_AFTER, RetryAfter.HEADER);
  }

  private static Response renamed(Response response, String from, String to) {
    if (response.code() != UNAVAILABLE || response.header(from) == null) {
      return response;
    }
    var renamed = response.newBuilder().removeHeader(from);
    response.headers(from).forEach(value -> renamed.addHeader(to, value));
    return renamed.build();
  }

  private static Response response(Chain chain) throws IOException {
    try {
      var response = chain.proceed(chain.request());
      if (response.body().contentLength() < -1) {
        // Closing this body fails as well, and nothing closes a response that is not returned.
        throw UnreadableBodyException.lengthBelowZero();
      }
      return response;
    } catch (RuntimeException e) {
      // Only OkHttp runs in there, on bytes from the server.
      throw UnreadableBodyException.noHttp(e);
    }
  }
}
