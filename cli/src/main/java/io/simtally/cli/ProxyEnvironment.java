package io.simtally.cli;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name, in upper or
 * lower case, as other programs read them. Options of the JVM such as {@code -Dhttps.proxyHost}
 * win. Loopback addresses never go through a proxy.
 */
record ProxyEnvironment(@Nullable Proxy https, @Nullable Proxy http, String nonProxyHosts) {
  private static final String LOOPBACK = "localhost|127.*|[::1]";
  private static final Pattern SCHEME =
      Pattern.compile("^[a-z][a-z0-9+.-]*://", Pattern.CASE_INSENSITIVE);

  /** One proxy; its user and password are in no text of it. */
  record Proxy(String host, int port, @Nullable String user, @Nullable String password) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException if one is no URL of a proxy; the message does not hold it
   */
  static ProxyEnvironment of(Map<String, String> environment) {
    var none = new ArrayList<>(List.of(LOOPBACK));
    for (var host : value(environment, "NO_PROXY").split(",", -1)) {
      var name = host.strip();
      if (!name.isEmpty()) {
        none.add(name.startsWith(".") ? "*" + name : name);
        if (!name.startsWith(".") && !name.startsWith("*")) {
          none.add("*." + name);
        }
      }
    }
    return new ProxyEnvironment(
        proxy(environment, "HTTPS_PROXY"),
        proxy(environment, "HTTP_PROXY"),
        String.join("|", none));
  }

  private static String value(Map<String, String> environment, String variable) {
    return environment
        .getOrDefault(variable, environment.getOrDefault(variable.toLowerCase(Locale.ROOT), ""))
        .strip();
  }

  private static @Nullable Proxy proxy(Map<String, String> environment, String variable) {
    var value = value(environment, variable);
    if (value.isEmpty()) {
      return null;
    }
    try {
      var url = new URI(SCHEME.matcher(value).find() ? value : "http://" + value);
      if (url.getHost() == null || !"http".equalsIgnoreCase(url.getScheme())) {
        throw refused(variable);
      }
      var user = url.getRawUserInfo() == null ? null : url.getRawUserInfo().split(":", 2);
      return new Proxy(
          url.getHost(),
          url.getPort() < 0 ? 80 : url.getPort(),
          user == null ? null : decoded(user[0], variable),
          user == null ? null : user.length == 1 ? "" : decoded(user[1], variable));
    } catch (URISyntaxException e) {
      // Without e, whose message holds the password.
      throw refused(variable);
    }
  }

  private static String decoded(String text, String variable) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused(variable);
    }
  }

  private static IllegalArgumentException refused(String variable) {
    return new IllegalArgumentException(
        variable + " is no URL such as http://user:password@proxy.example.com:8080");
  }

  /** Makes them the proxies of this process. */
  void apply() {
    set("https", https);
    set("http", http);
    if ((https != null || http != null) && System.getProperty("http.nonProxyHosts") == null) {
      System.setProperty("http.nonProxyHosts", nonProxyHosts);
    }
    if (Stream.of(https, http).anyMatch(proxy -> proxy != null && proxy.user() != null)) {
      Authenticator.setDefault(new Credentials());
    }
  }

  private static void set(String scheme, @Nullable Proxy proxy) {
    if (proxy != null && System.getProperty(scheme + ".proxyHost") == null) {
      System.setProperty(scheme + ".proxyHost", proxy.host());
      System.setProperty(scheme + ".proxyPort", String.valueOf(proxy.port()));
    }
  }

  /** User and password for these proxies, and for no other server. */
  private final class Credentials extends Authenticator {
    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      if (getRequestorType() != RequestorType.PROXY) {
        return null;
      }
      return Stream.of(https, http)
          .filter(
              proxy ->
                  proxy != null
                      && proxy.user() != null
                      && proxy.host().equalsIgnoreCase(getRequestingHost())
                      && proxy.port() == getRequestingPort())
          .findFirst()
          .map(
              proxy ->
                  new PasswordAuthentication(
                      String.valueOf(proxy.user()), String.valueOf(proxy.password()).toCharArray()))
          .orElse(null);
    }
  }
}
