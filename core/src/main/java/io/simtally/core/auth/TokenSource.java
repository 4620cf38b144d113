package io.simtally.core.auth;

import java.io.IOException;

/**
 * Provides bearer tokens. A client asks for a token before its first request, after a failure of
 * the source, and when the provider refuses the token. If the provider refuses a new token as well,
 * the client waits before it asks again: half a second at first, up to 30 seconds. It never asks
 * from two threads at once.
 */
@FunctionalInterface
public interface TokenSource {
  /**
   * Returns a usable token. It runs on a thread of the client, and a call waits for it at most
   * until its deadline.
   *
   * @return the token, without the word {@code Bearer}; a token that is null, blank or invalid in a
   *     header fails the call as {@code UNAUTHENTICATED}, and so does an unchecked exception
   * @throws IOException if no token is available now; the client retries the call as after a lost
   *     connection
   */
  String token() throws IOException;
}
