package io.simtally.core.auth;

import java.io.IOException;

/**
 * Hands out bearer tokens that somebody else refreshes. Asked for the first request, again after it
 * could not give one, and when the provider has refused the token it gave, but not at once if a new
 * one was refused as well: after half a second, growing to 30; never from two threads at once.
 */
@FunctionalInterface
public interface TokenSource {
  /**
   * Returns a token that is good now. It is called on a thread of the client's own, and a call that
   * needs the token waits for it no longer than its deadline.
   *
   * @return the token, without the word {@code Bearer}; one that is null, blank or cannot stand in
   *     a header ends the call as {@code UNAUTHENTICATED}, as does any unchecked exception
   * @throws IOException if none can be had at the moment; the call is tried again as after a lost
   *     connection
   */
  String token() throws IOException;
}
