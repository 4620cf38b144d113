package io.simtally.core.internal;

import okhttp3.HttpUrl;

/**
 * The link of a client and its requests to core: the transport, and the settings that all requests
 * share. The client's builder creates it, and each request passes it to its changed copies.
 * Immutable.
 */
public interface CallHandle extends AutoCloseable {
  /** {@return the base URL of all calls, without a slash at its end} */
  HttpUrl baseUrl();

  /** Releases the resources that the client created, but not an HTTP client of the user. */
  @Override
  void close();
}
