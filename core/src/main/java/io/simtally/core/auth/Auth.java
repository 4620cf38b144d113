package io.simtally.core.auth;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.CallContexts;
import io.simtally.core.internal.Preconditions;
import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Adds a client's credentials to its requests, as the innermost interceptor. No other application
 * interceptor sees them, and only the client's own origin receives them. Thread-safe.
 */
public abstract sealed class Auth implements Interceptor
    permits BasicKeyAuth, BearerAuth, QueryKeyAuth, ThingSpaceAuth {
  private final HttpUrl origin;

  Auth(HttpUrl origin) {
    this.origin = Preconditions.present("origin", origin);
  }

  /** Sends the request, with the credentials if it goes to their origin. */
  @Override
  public final Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    if (!isOwnOrigin(request.url())) {
      return chain.proceed(request);
    }
    var response = authorize(chain, request);
    var call = context(chain);
    return call.isSeenByOthers() ? withoutCredentials(response, request) : response;
  }

  /** Sends {@code request} with the credentials. */
  abstract Response authorize(Chain chain, Request request) throws IOException;

  /** Returns the credentials that a response may echo. */
  abstract List<Secret> secrets();

  /**
   * Replaces every credential in a text, in any spelling.
   *
   * @param text a text from outside
   * @return {@code text} with a sign in place of each credential of 4 or more characters
   */
  public final String redact(String text) {
    return SecretRedaction.of(secrets()).redact(text);
  }

  /**
   * Replaces every credential in a truncated text, which may end in the middle of a credential.
   *
   * @param text the beginning of a text from outside
   * @return {@code text} with a sign in place of each credential, and of a beginning of one at its
   *     end
   */
  public final String redactTruncated(String text) {
    return SecretRedaction.of(secrets()).redactTruncated(text);
  }

  private boolean isOwnOrigin(HttpUrl url) {
    return url.scheme().equals(origin.scheme())
        && url.host().equals(origin.host())
        && url.port() == origin.port();
  }

  /** Removes the request with the credentials from its response. */
  private static Response withoutCredentials(Response response, Request request) {
    var network = response.networkResponse();
    return response
        .newBuilder()
        .request(request)
        .networkResponse(network == null ? null : network.newBuilder().request(request).build())
        .priorResponse(null)
        .build();
  }

  /** Returns the context of the call, or {@link AuthContext#NONE} for a call of another client. */
  static AuthContext context(Chain chain) {
    var context = CallContexts.context(chain.call());
    return context == null ? AuthContext.NONE : context;
  }
}
