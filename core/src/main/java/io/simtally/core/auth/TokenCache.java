package io.simtally.core.auth;

import io.simtally.core.internal.AuthContext;
import io.simtally.core.internal.LoginFailure;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kind of token: kept while it is good, renewed by one thread however many ask, never asked for
 * again once the credentials behind it were refused. Thread-safe.
 *
 * <p>A renewal runs on a thread of its own, so that a caller who gives up does not end it for the
 * others, and none waits for it beyond its own deadline.
 */
final class TokenCache {
  /** Asks the provider for a token. */
  interface Source {
    /**
     * Asks for one.
     *
     * @param starter the call that needs it first, or null if that is not known
     */
    Issued issue(@Nullable AuthContext starter) throws IOException;
  }

  /**
   * A token as the provider gave it.
   *
   * @param lifetime how long it is good, or null if until it is refused
   */
  record Issued(Secret value, @Nullable Duration lifetime) {}

  private static final Logger LOG = LoggerFactory.getLogger("io.simtally.auth");
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** After a renewal that did not help, refused calls do not ask for another one so soon. */
  private static final Duration FRUITLESS_PAUSE = Duration.ofSeconds(30);

  /** An answer may still echo a token that has just been replaced. */
  private static final int REMEMBERED = 4;

  private final String name;
  private final Time time;
  private final @Nullable Duration idleLifetime;
  private final boolean fixed;
  private final Deque<Secret> recent = new ArrayDeque<>();

  private volatile @Nullable Token current;
  private @Nullable CompletableFuture<Token> renewal;
  private @Nullable LoginFailure refusal;
  private boolean afterRefusal;
  private long nextRenewalAhead;

  private TokenCache(String name, Time time, @Nullable Duration idleLifetime, boolean fixed) {
    this.name = name;
    this.time = time;
    this.idleLifetime = idleLifetime;
    this.fixed = fixed;
    this.nextRenewalAhead = time.nanoTime();
  }

  /** Keeps one token for ever. */
  static TokenCache fixed(String name, Secret token, Time time) {
    var cache = new TokenCache(name, time, null, true);
    cache.keep(new Issued(token, null));
    return cache;
  }

  /**
   * Renews tokens.
   *
   * @param idleLifetime how long a token is good without being used, or null if that does not
   *     matter
   */
  static TokenCache renewing(String name, Time time, @Nullable Duration idleLifetime) {
    return new TokenCache(name, time, idleLifetime, false);
  }

  /** Returns a token, waiting for it if there is none. */
  Token get(@Nullable AuthContext call, Source source) throws IOException {
    return get(call, call, source);
  }

  /** The same on the way to another token: {@code starter} waits for that one, not for this. */
  Token getOnTheWay(@Nullable AuthContext starter, Source source) throws IOException {
    return get(null, starter, source);
  }

  private Token get(@Nullable AuthContext waiting, @Nullable AuthContext starter, Source source)
      throws IOException {
    var token = current;
    var now = time.nanoTime();
    if (token == null || !token.isUsable(now)) {
      return await(waiting, renewal(starter, source));
    }
    if (token.isWorthRenewing(now)) {
      renewAhead(starter, source, now);
    }
    return token;
  }

  /**
   * The provider refused {@code token}.
   *
   * @return whether another one can be had, so that repeating the call may help
   */
  synchronized boolean refused(Token token) {
    if (fixed) {
      return false;
    }
    if (current == token) {
      if (token.isFruitless(time.nanoTime())) {
        return false;
      }
      current = null;
      afterRefusal = true;
    }
    return true;
  }

  synchronized void forgetRefusal() {
    refusal = null;
  }

  synchronized List<Secret> secrets() {
    return List.copyOf(recent);
  }

  private synchronized CompletableFuture<Token> renewal(
      @Nullable AuthContext starter, Source source) throws LoginFailure {
    if (refusal != null) {
      throw refusal.again();
    }
    var token = current;
    if (token != null && token.isUsable(time.nanoTime())) {
      return CompletableFuture.completedFuture(token);
    }
    return start(starter, source);
  }

  /** Renews while the old token still serves, so that no caller waits or is hurt by a failure. */
  private synchronized void renewAhead(@Nullable AuthContext starter, Source source, long now) {
    if (refusal == null && now - nextRenewalAhead >= 0) {
      nextRenewalAhead = now + FRUITLESS_PAUSE.toNanos();
      Future<?> unused = start(starter, source);
    }
  }

  private CompletableFuture<Token> start(@Nullable AuthContext starter, Source source) {
    var pending = renewal;
    if (pending == null) {
      pending = new CompletableFuture<>();
      renewal = pending;
      var task = pending;
      var thread = new Thread(() -> renew(starter, source, task), "simtally-" + name);
      thread.setDaemon(true);
      thread.start();
    }
    return pending;
  }

  private void renew(
      @Nullable AuthContext starter, Source source, CompletableFuture<Token> pending) {
    var start = time.nanoTime();
    try {
      var token = keep(source.issue(starter));
      report(starter, start, null);
      pending.complete(token);
    } catch (LoginFailure e) {
      fail(starter, start, pending, e);
    } catch (IOException | RuntimeException | Error e) {
      var failure = LoginFailure.unanswered("no " + name + " could be had", e);
      fail(starter, start, pending, failure);
    }
  }

  private synchronized Token keep(Issued issued) {
    var token = new Token(issued, time.nanoTime(), idleLifetime, afterRefusal);
    current = token;
    renewal = null;
    afterRefusal = false;
    recent.addFirst(issued.value());
    if (recent.size() > REMEMBERED) {
      recent.removeLast();
    }
    return token;
  }

  private void fail(
      @Nullable AuthContext starter,
      long start,
      CompletableFuture<Token> pending,
      LoginFailure failure) {
    synchronized (this) {
      renewal = null;
      if (failure.isRefused()) {
        refusal = failure;
      }
    }
    report(starter, start, failure);
    pending.completeExceptionally(failure);
  }

  private void report(@Nullable AuthContext starter, long start, @Nullable LoginFailure failure) {
    var duration = Duration.ofNanos(time.nanoTime() - start);
    if (failure == null) {
      LOG.debug("{} fetched after {} ms", name, duration.toMillis());
    } else if (failure.isRefused()) {
      LOG.warn("{}: {}; it is not sent again until forgetRefusal()", name, failure.getMessage());
    } else {
      LOG.debug("{} not fetched after {} ms", name, duration.toMillis());
    }
    if (starter != null) {
      starter.tokenFetched(name, duration, failure);
    }
  }

  private static Token await(@Nullable AuthContext call, CompletableFuture<Token> pending)
      throws IOException {
    try {
      return call == null
          ? pending.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)
          : call.await(pending);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LoginFailure failure ? failure.again() : new IOException(e);
    } catch (TimeoutException e) {
      throw new InterruptedIOException("timeout");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** One token and what is known of its life. */
  static final class Token {
    /** No clock is so exact that a token should be used up to its last second. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private static final Duration AHEAD = Duration.ofMinutes(5);

    /** Gateways say "never" with more seconds than a clock of nanoseconds can count. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(365);

    /** A server that hands out expired tokens is not asked for one per call. */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

    private final Secret value;
    private final long issued;
    private final @Nullable Duration lifetime;
    private final @Nullable Duration idleLifetime;
    private final boolean afterRefusal;
    private volatile long used;
    private volatile boolean accepted;

    Token(Issued issued, long now, @Nullable Duration idleLifetime, boolean afterRefusal) {
      this.value = issued.value();
      this.lifetime = issued.lifetime();
      this.issued = now;
      this.used = now;
      this.idleLifetime = idleLifetime;
      this.afterRefusal = afterRefusal;
    }

    String reveal() {
      return value.reveal();
    }

    /** The provider took it. */
    void accepted(long now) {
      used = now;
      accepted = true;
    }

    boolean isUsable(long now) {
      return (lifetime == null || now - issued < life(lifetime, MARGIN))
          && (idleLifetime == null || now - used < idleLifetime.toNanos());
    }

    boolean isWorthRenewing(long now) {
      return lifetime != null && now - issued >= life(lifetime, AHEAD);
    }

    /** It replaced a refused one, nobody has accepted it yet, and that was only just now. */
    boolean isFruitless(long now) {
      return afterRefusal && !accepted && now - issued < FRUITLESS_PAUSE.toNanos();
    }

    private static long life(Duration lifetime, Duration margin) {
      var half = lifetime.dividedBy(2);
      var life = lifetime.minus(half.compareTo(margin) < 0 ? half : margin);
      if (life.compareTo(LONGEST_LIFE) > 0) {
        return LONGEST_LIFE.toNanos();
      }
      return (life.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : life).toNanos();
    }
  }
}
