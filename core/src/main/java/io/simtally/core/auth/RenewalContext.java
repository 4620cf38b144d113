package io.simtally.core.auth;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.Redaction;
import io.simtally.core.internal.Refusal;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A renewal that needs another token first. It waits for that on its own thread, whether or not the
 * call that began it has given up, and lets the call hear of it.
 */
record RenewalContext(AuthContext starter) implements AuthContext {
  @Override
  public <V> V await(CompletableFuture<V> pending) throws IOException {
    return AuthContext.NONE.await(pending);
  }

  @Override
  public Time time() {
    return starter.time();
  }

  @Override
  public Duration timeLeft() {
    return starter.timeLeft();
  }

  @Override
  public void credentialsRefused(Refusal refusal) {}

  @Override
  public void carries(Redaction credentials) {}

  @Override
  public boolean isSeenByOthers() {
    return starter.isSeenByOthers();
  }

  @Override
  public boolean isCompressedBodyArriving() {
    return false;
  }

  @Override
  public void tokenFetched(
      String token, Duration duration, @Nullable LoginFailureException failure) {
    starter.tokenFetched(token, duration, failure);
  }
}
