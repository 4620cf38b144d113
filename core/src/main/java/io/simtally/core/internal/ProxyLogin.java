package io.simtally.core.internal;

import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import okhttp3.Authenticator;
import okhttp3.Challenge;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Answers a proxy that asks for a password with that of {@link java.net.Authenticator}, which the
 * program may set. A password that the proxy refuses is not sent again.
 *
 * <p>OkHttp's own form of it fails for proxies of system properties, whose names are not resolved.
 */
public final class ProxyLogin implements Authenticator {
  /** The only instance; it has no state. */
  public static final ProxyLogin ONCE = new ProxyLogin();

  private static final String CREDENTIALS = "Proxy-Authorization";
  private static final String BASIC = "Basic";

  private ProxyLogin() {}

  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response) {
    if (route == null
        || response.request().header(CREDENTIALS) != null
        || !(route.proxy().address() instanceof InetSocketAddress proxy)) {
      return null;
    }
    for (var challenge : response.challenges()) {
      var login = BASIC.equalsIgnoreCase(challenge.scheme()) ? login(proxy, challenge) : null;
      if (login != null) {
        var password = new String(login.getPassword());
        return response
            .request()
            .newBuilder()
            .header(
                CREDENTIALS, Credentials.basic(login.getUserName(), password, challenge.charset()))
            .build();
      }
    }
    return null;
  }

  private static @Nullable PasswordAuthentication login(
      InetSocketAddress proxy, Challenge challenge) {
    return java.net.Authenticator.requestPasswordAuthentication(
        proxy.getHostString(),
        proxy.getAddress(),
        proxy.getPort(),
        "http",
        challenge.realm(),
        BASIC,
        null,
        java.net.Authenticator.RequestorType.PROXY);
  }
}
