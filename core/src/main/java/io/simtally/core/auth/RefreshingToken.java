package io.simtally.core.auth;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.Refusal;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token that is kept while it is good and renewed by one thread however many ask.
 *
 * <p>A renewal runs on a thread of its own, so that a caller who gives up does not end it for the
 * others, and none waits for it beyond its own deadline.
 */
final class RefreshingToken implements TokenCache {
  /** Asks the provider for a token. */
  interface Source {
    /**
     * Refuses where asking is known to be of no use, before a thread is begun for it.
     *
     * @param starter the call that needs one first
     * @throws LoginFailureException if it is refused
     */
    default void check(AuthContext starter) throws LoginFailureException {}

    /**
     * Asks for one.
     *
     * @param starter the call that needs it first
     */
    Issued issue(AuthContext starter) throws IOException;
  }

  /**
   * A token as the provider gave it.
   *
   * @param lifetime how long it is good, or null if until it is refused
   */
  record Issued(Secret value, @Nullable Duration lifetime) {}

  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.auth");

  /** After a renewal that did not help, refused calls do not ask for another one so soon. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final String name;
  private final Source source;
  private final @Nullable Duration idleLifetime;

  private volatile @Nullable Token current;
  private @Nullable Token replaced;
  private @Nullable CompletableFuture<Token> renewal;
  private Duration pause = Duration.ZERO;
  private @Nullable Long lastRenewalAhead;

  /**
   * Renews tokens.
   *
   * @param name the token in words, for the log and listeners
   * @param idleLifetime how long a token is good without being used, or null if that does not
   *     matter
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
      return await(call, renewal(call));
    }
    if (token.isWorthRenewing(now)) {
      renewAhead(call, now);
    }
    return token;
  }

  @Override
  public synchronized Refusal refused(Token token, AuthContext call) {
    var newest = current;
    if (newest != token) {
      return Refusal.OUTDATED;
    }
    if (newest.wasAccepted()) {
      // It has served: its end is no sign that renewals are of no use.
      pause = Duration.ZERO;
    } else if (newest.age(call.time().nanoTime()) < pause.toNanos()) {
      return Refusal.FINAL;
    }
    replaced = newest;
    current = null;
    return Refusal.RENEWED;
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

  private synchronized CompletableFuture<Token> renewal(AuthContext call)
      throws LoginFailureException {
    var token = current;
    if (token != null && token.isUsable(call.time().nanoTime())) {
      return CompletableFuture.completedFuture(token);
    }
    source.check(call);
    return start(call);
  }

  /** Renews while the old token still serves, so that no caller waits or is hurt by a failure. */
  private synchronized void renewAhead(AuthContext call, long now) {
    var last = lastRenewalAhead;
    if (last != null && now - last < LONGEST_PAUSE.toNanos()) {
      return;
    }
    lastRenewalAhead = now;
    try {
      source.check(call);
    } catch (LoginFailureException stillRefused) {
      return; // The old token serves until it ends.
    }
    Future<?> unused = start(call);
  }

  private CompletableFuture<Token> start(AuthContext starter) {
    var pending = renewal;
    if (pending == null) {
      pending = new CompletableFuture<>();
      var task = pending;
      var thread = new Thread(() -> renew(starter, task), "simtally-" + name);
      thread.setDaemon(true);
      thread.start();
      // Not before: where no thread can be had, the next call tries again instead of waiting.
      renewal = pending;
    }
    return pending;
  }

  private void renew(AuthContext starter, CompletableFuture<Token> pending) {
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
      // It takes the place of a refused one. Whether that helps, its own fate will tell.
      pause = longer(pause);
    }
    replaced = last;
    current = token;
    renewal = null;
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
      renewal = null;
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
