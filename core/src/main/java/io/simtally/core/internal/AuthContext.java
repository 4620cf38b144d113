package io.simtally.core.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What an auth interceptor may ask of the call it stands in. Travels as the request's tag. */
public interface AuthContext {
  /**
   * Waits for a token that somebody is fetching, at most until the call's deadline, its
   * cancellation or an interrupt.
   *
   * @param <V> what is waited for
   * @param pending completed by whoever fetches the token
   * @return what {@code pending} was completed with
   * @throws IOException if the wait ended without it, or {@code pending} failed: with its own
   *     exception, if that is one
   */
  <V> V await(CompletableFuture<V> pending) throws IOException;

  /**
   * The provider refused the credentials of this attempt, whatever its status code.
   *
   * @param renewable whether newer ones can be had, so that one more attempt makes sense
   */
  void credentialsRefused(boolean renewable);

  /** {@return whether an interceptor that is none of ours sees the answer} */
  boolean isSeenByOthers();

  /** {@return whether the answer's body is compressed, and the network has not failed so far} */
  boolean isCompressedBodyArriving();

  /**
   * A token that this call was the first to ask for has come, or not. Runs on another thread, maybe
   * after the call has ended.
   *
   * @param token which token, in words
   * @param duration how long that took
   * @param failure why there is none, or null if there is one
   */
  void tokenFetched(String token, Duration duration, @Nullable LoginFailure failure);
}
