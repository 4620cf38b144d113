package io.simtally.core.auth;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.Time;
import io.simtally.core.internal.TokenRefusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches a token while it is usable. One thread refreshes it, however many callers ask.
 *
 * <p>A refresh runs on a thread of its own. A caller that gives up does not end it for the other
 * callers, and no caller waits for it beyond its own deadline.
 */
final class RefreshingToken implements TokenCache {
  /** Requests tokens from the provider. */
  interface Source {
    /**
     * Checks whether a request can succeed, before a thread is started for it.
     *
     * @param starter the call that needs the token first
     * @throws LoginFailureException if the request is known to fail
     */
    default void check(AuthContext starter) throws LoginFailureException {}

    /**
     * Requests a token.
     *
     * @param starter the call that needs the token first
     */
    Issued issue(AuthContext starter) throws IOException;
  }

  /**
   * A token from the provider.
   *
   * @param lifetime how long the token is usable, or null if until it is refused
   */
  record Issued(Secret value, @Nullable Duration lifetime) {}

  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.auth");

  /** The pause after a refresh that did not help, before a refused call may start another one. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final String name;
  private final Source source;
  private final @Nullable Duration idleLifetime;

  private volatile @Nullable Token current;
  private @Nullable Token replaced;
  private @Nullable CompletableFuture<Token> refresh;
  private Duration pause = Duration.ZERO;
  private @Nullable Long lastRefreshAhead;

  /**
   * Creates an empty cache.
   *
   * @param name the name of the token in the log and in events
   * @param idleLifetime how long an unused token is usable, or null if without limit
   */
  RefreshingToken(String name, Source source, @Nullable Duration idleLifetime) {
    this.name = name;
    this.source = source;
    this.idleLifetime = idleLifetime;
  }

  @Override
  public Token get(AuthContext call) throws IOException {
    var token = current;
    var now = call.time().nanoTime();
    if (token == null || !token.isUsable(now)) {
      return await(call, refresh(call));
    }
    if (token.isWorthRefreshing(now)) {
      refreshAhead(call, now);
    }
    return token;
  }

  @Override
  public synchronized TokenRefusal refused(Token token, AuthContext call) {
    var newest = current;
    if (newest != token) {
      return TokenRefusal.OUTDATED;
    }
    if (newest.wasAccepted()) {
      // The token has served: its expiry does not show that refreshes are useless.
      pause = Duration.ZERO;
    } else if (newest.age(call.time().nanoTime()) < pause.toNanos()) {
      return TokenRefusal.FINAL;
    }
    replaced = newest;
    current = null;
    return TokenRefusal.REFRESHABLE;
  }

  @Override
  public synchronized List<Secret> secrets() {
    var token = current;
    var before = replaced;
    if (token == null) {
      return before == null ? List.of() : List.of(before.value());
    }
    return before == null ? List.of(token.value()) : List.of(token.value(), before.value());
  }

  private synchronized CompletableFuture<Token> refresh(AuthContext call)
      throws LoginFailureException {
    var token = current;
    if (token != null && token.isUsable(call.time().nanoTime())) {
      return CompletableFuture.completedFuture(token);
    }
    source.check(call);
    return start(call);
  }

  /** Refreshes while the old token is usable, so that no caller waits or fails with the refresh. */
  private synchronized void refreshAhead(AuthContext call, long now) {
    var last = lastRefreshAhead;
    if (last != null && now - last < LONGEST_PAUSE.toNanos()) {
      return;
    }
    lastRefreshAhead = now;
    try {
      source.check(call);
    } catch (LoginFailureException stillRefused) {
      return; // The old token is used until it expires.
    }
    Future<?> unused = start(call);
  }

  private CompletableFuture<Token> start(AuthContext starter) {
    var pending = refresh;
    if (pending == null) {
      pending = new CompletableFuture<>();
      var task = pending;
      var thread = new Thread(() -> run(starter, task), "simtally-" + name);
      thread.setDaemon(true);
      thread.start();
      // Set last: if no thread can be started, the next call tries again instead of waiting.
      refresh = pending;
    }
    return pending;
  }

  private void run(AuthContext starter, CompletableFuture<Token> pending) {
    var start = starter.time().nanoTime();
    try {
      var token = keep(source.issue(starter), starter.time());
      report(starter, start, null);
      pending.complete(token);
    } catch (LoginFailureException e) {
      fail(starter, start, pending, e);
    } catch (IOException | RuntimeException | Error e) {
      fail(
          starter,
          start,
          pending,
          LoginFailureException.unanswered("no " + name + " could be had", e));
    }
  }

  private synchronized Token keep(Issued issued, Time time) {
    var token = new Token(issued.value(), issued.lifetime(), idleLifetime, time.nanoTime());
    var last = current == null ? replaced : current;
    if (current == null && replaced != null) {
      // The token replaces a refused one; the next response shows whether that helps.
      pause = longer(pause);
    }
    replaced = last;
    current = token;
    refresh = null;
    return token;
  }

  private static Duration longer(Duration pause) {
    if (pause.isZero()) {
      return SHORTEST_PAUSE;
    }
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private void fail(
      AuthContext starter,
      long start,
      CompletableFuture<Token> pending,
      LoginFailureException failure) {
    synchronized (this) {
      refresh = null;
    }
    report(starter, start, failure);
    pending.completeExceptionally(failure);
  }

  private void report(AuthContext starter, long start, @Nullable LoginFailureException failure) {
    var duration = Duration.ofNanos(starter.time().nanoTime() - start);
    if (failure == null) {
      LOG.debug("{} fetched after {} ms", name, duration.toMillis());
    } else if (failure.isRefused()) {
      LOG.warn("{}: {}; it is not sent again until forgetRefusal()", name, failure.getMessage());
    } else {
      LOG.debug("{} not fetched after {} ms", name, duration.toMillis());
    }
    starter.tokenFetched(name, duration, failure);
  }

  private static Token await(AuthContext call, CompletableFuture<Token> pending)
      throws IOException {
    try {
      return call.await(pending);
    } catch (LoginFailureException e) {
      throw e.again();
    }
  }
}
