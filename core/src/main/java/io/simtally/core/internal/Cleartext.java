package io.simtally.core.internal;

import okhttp3.HttpUrl;

/** Decides over which connections credentials may travel. */
public final class Cleartext {
  private Cleartext() {}

  /** {@return whether a call to this address would send credentials in clear over a network} */
  public static boolean exposesCredentials(HttpUrl url) {
    return !url.isHttps() && !isLoopback(url.host());
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("::1")
        || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
  }
}
