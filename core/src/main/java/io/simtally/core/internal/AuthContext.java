package io.simtally.core.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What an auth interceptor may ask of the call it stands in. Found by {@link CallContexts}. */
public interface AuthContext {
  /** Of a request that no client of Simtally's has made: it has a minute, and hears of nothing. */
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
        public void credentialsRefused(TokenRefusal refusal) {}

        @Override
        public void carries(Redaction credentials) {}

        @Override
        public boolean isSeenByOthers() {
          return true;
        }

        @Override
        public boolean isCompressedBodyArriving() {
          return false;
        }

        @Override
        public void tokenFetched(
            String token, Duration duration, @Nullable LoginFailureException failure) {}
      };

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

  /** {@return the clock of the call} */
  Time time();

  /** {@return how long the call may still take} */
  Duration timeLeft();

  /**
   * The provider refused the credentials of this attempt, whatever its status code.
   *
   * @param refusal whether one more attempt makes sense
   */
  void credentialsRefused(TokenRefusal refusal);

  /**
   * The call's request carries credentials, which stay redacted in its failure however old they are
   * by then.
   *
   * @param credentials what takes them out of texts
   */
  void carries(Redaction credentials);

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
  void tokenFetched(String token, Duration duration, @Nullable LoginFailureException failure);
}
