package io.simtally.core.auth;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The context of a refresh that needs another token first. The wait runs on the thread of the
 * refresh and ignores the deadline of the call that started it; events go to that call.
 */
record RefreshContext(AuthContext starter) implements AuthContext {
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
  public boolean isSeenByOthers() {
    return starter.isSeenByOthers();
  }

  @Override
  public void tokenFetched(
      String token, Duration duration, @Nullable LoginFailureException failure) {
    starter.tokenFetched(token, duration, failure);
  }
}
