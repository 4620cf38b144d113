package io.simtally.core.auth;

import java.io.IOException;

/**
 * Hands out bearer tokens that somebody else renews. Asked once for the first request, and again
 * each time the provider refused the token it gave; never from two threads at once.
 */
@FunctionalInterface
public interface TokenSource {
  /**
   * Returns a token that is good now. It is called on a thread of the client's own, and a call that
   * needs the token waits for it no longer than its deadline.
   *
   * @return the token, without the word {@code Bearer}; one that is null, blank or cannot stand in
   *     a header fails the call
   * @throws IOException if none can be had at the moment; the call is tried again as after a lost
   *     connection
   */
  String token() throws IOException;
}
