package io.simtally.core;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.CallContexts;
import io.simtally.core.internal.CallSpec;
import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.Redaction;
import io.simtally.core.internal.Time;
import io.simtally.core.internal.TokenRefusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** The state of one call until it ends. Used by one thread at a time. */
final class CallContext implements AuthContext {
  /** How often other calls may refresh the token that this call has just sent. */
  private static final int MOST_OUTDATED_TOKENS = 3;

  private final String provider;
  private final CallSpec<?> spec;
  private final CallSettings settings;
  private final Deadline deadline;
  private final boolean seenByOthers;
  private final CallEvents events;
  private final Time time;
  private Attempt attempt = Attempt.none();
  private int outdatedTokens;
  private boolean triedRefreshedToken;
  private List<Redaction> carried = List.of();

  CallContext(
      String provider,
      CallSpec<?> spec,
      CallSettings settings,
      Deadline deadline,
      boolean seenByOthers,
      CallEvents events,
      Time time) {
    this.provider = provider;
    this.spec = spec;
    this.settings = settings;
    this.deadline = deadline;
    this.seenByOthers = seenByOthers;
    this.events = events;
    this.time = time;
  }

  /** Returns the context of {@code call}, or null if no client of Simtally made the call. */
  static @Nullable CallContext of(Call call) {
    return CallContexts.context(call) instanceof CallContext context ? context : null;
  }

  String provider() {
    return provider;
  }

  String operation() {
    return spec.operation();
  }

  boolean retryableAfter500() {
    return spec.repeatableAfter500();
  }

  CallSettings settings() {
    return settings;
  }

  Deadline deadline() {
    return deadline;
  }

  CallEvents events() {
    return events;
  }

  /** Returns the current attempt, or the last one. */
  Attempt attempt() {
    return attempt;
  }

  void beginAttempt() {
    attempt = attempt.next();
  }

  /** Returns the number of requests sent, including those that did not reach the server. */
  int attempts() {
    return attempt.number();
  }

  /**
   * Returns whether another attempt with another token may help: with the newest one, if other
   * calls have refreshed the token since, or once with the one that this call has refreshed.
   */
  boolean takesAnotherToken() {
    var refusal = attempt.refusal();
    if (refusal == TokenRefusal.OUTDATED) {
      outdatedTokens++;
      return outdatedTokens <= MOST_OUTDATED_TOKENS;
    }
    var isFirst = refusal == TokenRefusal.REFRESHABLE && !triedRefreshedToken;
    triedRefreshedToken |= isFirst;
    return isFirst;
  }

  void retryScheduled(Outcome outcome, Duration delay) {
    events.retryScheduled(attempts(), outcome.kind(this), outcome.status(), delay);
  }

  @Override
  public <V> V await(CompletableFuture<V> pending) throws IOException {
    return deadline.await(pending);
  }

  @Override
  public Time time() {
    return time;
  }

  @Override
  public Duration timeLeft() {
    return deadline.left();
  }

  @Override
  public void carries(Redaction credentials) {
    if (!carried.contains(credentials)) {
      if (carried.isEmpty()) {
        carried = new ArrayList<>(2);
      }
      carried.add(credentials);
    }
  }

  /** Returns the redactions of the credentials of all attempts. */
  List<Redaction> carried() {
    return carried;
  }

  @Override
  public void credentialsRefused(TokenRefusal refusal) {
    attempt.credentialsRefused(refusal);
  }

  @Override
  public boolean isSeenByOthers() {
    return seenByOthers;
  }

  @Override
  public boolean isCompressedBodyArriving() {
    return attempt.isCompressedBodyArriving();
  }

  @Override
  public void tokenFetched(
      String token, Duration duration, @Nullable LoginFailureException failure) {
    events.tokenFetched(token, failure == null ? null : Failures.kind(failure), duration);
  }
}
