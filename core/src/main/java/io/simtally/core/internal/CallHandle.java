package io.simtally.core.internal;

import okhttp3.HttpUrl;

/**
 * What a provider's client and its requests hold of core: how their calls are sent, with what was
 * set on a request beside its own settings. Made by the client's builder, given to each request and
 * handed on to its changed copies. Immutable.
 */
public interface CallHandle extends AutoCloseable {
  /** {@return the address below which all calls go, without a slash at its end} */
  HttpUrl baseUrl();

  /** Releases what the client created; a client that the user brought is left as it is. */
  @Override
  void close();
}
