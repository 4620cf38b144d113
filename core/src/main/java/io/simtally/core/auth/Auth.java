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
 * Puts a client's credentials on its requests, as the innermost interceptor: whatever stands
 * outside never sees them. They go to the client's own origin only. Thread-safe.
 */
public abstract sealed class Auth implements Interceptor
    permits BasicKeyAuth, BearerAuth, QueryKeyAuth, ThingSpaceAuth {
  private final HttpUrl origin;

  Auth(HttpUrl origin) {
    this.origin = Preconditions.present("origin", origin);
  }

  /** Sends the request with the credentials, if it goes to their origin, and without otherwise. */
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

  /** The credentials that an answer might echo. */
  abstract List<Secret> secrets();

  /**
   * Replaces every credential that a text repeats, in whichever spelling.
   *
   * @param text what came from outside
   * @return {@code text} with a sign in the place of credentials; those of fewer than 4 characters
   *     stay
   */
  public final String redact(String text) {
    return SecretRedaction.of(secrets()).redact(text);
  }

  /**
   * The same of a text that was cut off, perhaps in the middle of a credential.
   *
   * @param text the beginning of what came from outside
   * @return {@code text} with a sign in the place of credentials, also for the beginning of one at
   *     its end
   */
  public final String redactTruncated(String text) {
    return SecretRedaction.of(secrets()).redactTruncated(text);
  }

  private boolean isOwnOrigin(HttpUrl url) {
    return url.scheme().equals(origin.scheme())
        && url.host().equals(origin.host())
        && url.port() == origin.port();
  }

  /** The answer carries the request it answers, and with it the credentials. */
  private static Response withoutCredentials(Response response, Request request) {
    var network = response.networkResponse();
    return response
        .newBuilder()
        .request(request)
        .networkResponse(network == null ? null : network.newBuilder().request(request).build())
        .priorResponse(null)
        .build();
  }

  /** The call that {@code chain} is part of, if a client of Simtally's made it. */
  static AuthContext context(Chain chain) {
    var context = CallContexts.context(chain.call());
    return context == null ? AuthContext.NONE : context;
  }
}
