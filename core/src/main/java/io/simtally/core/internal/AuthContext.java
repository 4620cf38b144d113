package io.simtally.core.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The part of a call that an auth interceptor uses, see {@link CallContexts}. */
public interface AuthContext {
  /** The context of a request of another client: a timeout of one minute, and no events. */
  AuthContext NONE =
      new AuthContext() {
        private static final Duration PATIENCE = Duration.ofSeconds(60);

        @Override
        public <V> V await(CompletableFuture<V> pending) throws IOException {
          try {
            return pending.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
          } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
          } catch (TimeoutException e) {
            throw new InterruptedIOException("timeout");
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
          }
        }

        @Override
        public Time time() {
          return Time.SYSTEM;
        }

        @Override
        public Duration timeLeft() {
          return PATIENCE;
        }

        @Override
        public boolean isSeenByOthers() {
          return true;
        }
      };

  /**
   * Waits for a token, at most until the call's deadline, its cancellation or an interrupt.
   *
   * @param <V> the type of the token
   * @param pending the token request
   * @return the value of {@code pending}
   * @throws IOException if the wait ended early, or {@code pending} failed; its own exception if
   *     that is an {@code IOException}
   */
  <V> V await(CompletableFuture<V> pending) throws IOException;

  /** {@return the clock of the call} */
  Time time();

  /** {@return the time left until the deadline of the call} */
  Duration timeLeft();

  /**
   * Records that the provider refused the credentials of this attempt.
   *
   * @param refusal whether another token may help
   */
  default void credentialsRefused(TokenRefusal refusal) {}

  /**
   * Records credentials of this call, which stay redacted in its failure after they are replaced.
   *
   * @param credentials the redaction of the credentials
   */
  default void carries(Redaction credentials) {}

  /** {@return whether an interceptor of the user sees the answer} */
  boolean isSeenByOthers();

  /** {@return whether the body is compressed and the connection has not failed so far} */
  default boolean isCompressedBodyArriving() {
    return false;
  }

  /**
   * Reports the end of a token request that this call started. Runs on another thread, possibly
   * after the call.
   *
   * @param token the name of the token
   * @param duration the duration of the request
   * @param failure the failure, or null if there is a token
   */
  default void tokenFetched(
      String token, Duration duration, @Nullable LoginFailureException failure) {}
}
