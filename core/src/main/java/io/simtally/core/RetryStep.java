package io.simtally.core;

import io.simtally.core.internal.Refusal;
import io.simtally.core.internal.Time;
import io.simtally.core.internal.http.UnreadableBodyException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.Response;
import okio.AsyncTimeout;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Outermost of ours: sends a call as often as its policy, its deadline and the client's budget
 * allow, and once more when refused credentials could be renewed. The body of a success is read
 * here, because an answer that breaks off is repeated like one that never came.
 */
final class RetryInterceptor implements Interceptor {
  private static final Duration SHORTEST_READ_TIMEOUT = Duration.ofSeconds(30);

  /**
   * OkHttp pings an HTTP/2 connection on which an answer is overdue, gives it a second, and only
   * then does not use it again.
   */
  private static final Duration SIGN_OF_LIFE = Duration.ofMillis(1_100);

  /** So often others may renew what a call is about to be refused with. */
  private static final int MOST_OUTDATED = 3;

  private final Time time;
  private final RetryBudget budget;
  private final @Nullable RateLimiter rateLimiter;
  private final long maxBodyBytes;
  private final boolean ownReadTimeout;

  /**
   * Repeats calls.
   *
   * @param ownReadTimeout whether an attempt's read timeout follows the call's, as it does unless
   *     the user brought a client with a read timeout of its own
   */
  RetryInterceptor(
      Time time,
      RetryBudget budget,
      @Nullable RateLimiter rateLimiter,
      long maxBodyBytes,
      boolean ownReadTimeout) {
    this.time = time;
    this.budget = budget;
    this.rateLimiter = rateLimiter;
    this.maxBodyBytes = maxBodyBytes;
    this.ownReadTimeout = ownReadTimeout;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var exchange = Exchange.of(chain.call());
    if (exchange == null) {
      throw new IllegalStateException("an interceptor has sent another call than ours");
    }
    if (rateLimiter == null) {
      exchange.deadline().start();
    }
    var attempts = ownReadTimeout ? withReadTimeout(chain, exchange.deadline().limit()) : chain;
    // Again with the newest credentials, where others have renewed them since, and once with those
    // that this call itself has had renewed.
    var outdated = 0;
    var triedRenewed = false;
    var repetitions = 0;
    while (true) {
      var outcome = attempt(attempts, exchange);
      var refusal = exchange.attempt().refusal();
      if (refusal == Refusal.OUTDATED
          ? ++outdated <= MOST_OUTDATED
          : refusal == Refusal.RENEWED && !triedRenewed) {
        triedRenewed |= refusal == Refusal.RENEWED;
        repeat(outcome, exchange, Duration.ZERO);
        outcome.close();
        continue;
      }
      if (outcome.isSuccess()) {
        budget.succeeded(repetitions > 0);
        return outcome.orThrow();
      }
      if (!outcome.isRepeatable(exchange)) {
        return outcome.orThrow();
      }
      var repetition = repetition(outcome, exchange, ++repetitions);
      if (repetition.refused() != null) {
        exchange.attempt().isLast(repetition.refused());
        return outcome.orThrow();
      }
      repeat(outcome, exchange, repetition.delay());
      outcome.close();
      exchange.deadline().sleep(repetition.delay());
      if (outcome.isUnanswered()) {
        // Where one connection is dead, those that idle beside it may be too.
        chain.getConnectionPool().evictAll();
      }
    }
  }

  private static Chain withReadTimeout(Chain chain, Duration timeout) {
    var millis = readTimeoutMillis(timeout);
    return millis == chain.readTimeoutMillis()
        ? chain
        : chain.withReadTimeout(millis, TimeUnit.MILLISECONDS);
  }

  /** Half of the call's time for each silence, so that one hung attempt leaves room for another. */
  static int readTimeoutMillis(Duration timeout) {
    // In milliseconds, because Duration divides by way of BigDecimal.
    var longest = Math.max(timeout.toMillis() / 2, SHORTEST_READ_TIMEOUT.toMillis());
    return (int) Math.min(longest, Integer.MAX_VALUE);
  }

  private Outcome attempt(Chain chain, Exchange exchange) {
    exchange.beginAttempt();
    var outcome = send(chain, exchange);
    if (!outcome.stopped()) {
      exchange
          .report()
          .attemptFinished(
              outcome.isSuccess() ? null : outcome.kind(exchange),
              outcome.status(),
              outcome.bytes(),
              outcome.words());
    }
    return outcome;
  }

  private Outcome send(Chain chain, Exchange exchange) {
    try {
      var response = exchange.attempt().visible(proceed(chain, exchange));
      try {
        if (response.isSuccessful()) {
          readWhole(response, exchange);
        }
        return new Outcome(response, null, false);
      } catch (IOException e) {
        response.close();
        throw e;
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Not IOException: OkHttp lets an undeclared InterruptedException through while it connects.
      var failure = e instanceof IOException io ? io : interrupted(e);
      var stopped = chain.call().isCanceled() || Thread.currentThread().isInterrupted();
      return new Outcome(null, failure, stopped);
    }
  }

  private Response proceed(Chain chain, Exchange exchange) throws IOException {
    if (rateLimiter == null) {
      exchange.report().attemptStarted(exchange.attempts());
      return chain.proceed(chain.request());
    }
    awaitSlot(rateLimiter, chain, exchange.deadline());
    exchange.report().attemptStarted(exchange.attempts());
    var sent = time.nanoTime();
    var response = chain.proceed(chain.request());
    rateLimiter.answered(response.code(), sent);
    return response;
  }

  private static void awaitSlot(RateLimiter rateLimiter, Chain chain, Deadline deadline)
      throws IOException {
    if (deadline.isRunning()) {
      rateLimiter.await(deadline);
      return;
    }
    // OkHttp's own clock of the call has run since it left the dispatcher's queue, which for a
    // client with a rate limit is not the last one.
    var clock = chain.call().timeout() instanceof AsyncTimeout timeout ? timeout : null;
    if (clock != null && clock.exit()) {
      throw new InterruptedIOException("timeout");
    }
    rateLimiter.queue(deadline);
    deadline.start();
    if (clock != null) {
      clock.enter();
    }
  }

  private static IOException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    var failure = new InterruptedIOException("interrupted");
    failure.initCause(cause);
    return failure;
  }

  /** Pulls the body into the buffer it is decoded from: no copy, and the connection is free. */
  private void readWhole(Response response, Exchange exchange) throws IOException {
    var body = response.body();
    if (body.contentLength() > maxBodyBytes || isLonger(body.source(), exchange.attempt())) {
      throw UnreadableBodyException.tooLarge(maxBodyBytes);
    }
  }

  private boolean isLonger(BufferedSource source, Attempt attempt) throws IOException {
    try {
      return source.request(maxBodyBytes + 1);
    } catch (IOException e) {
      throw attempt.isCompressedBodyArriving() ? UnreadableBodyException.noGzip(e) : e;
    } catch (RuntimeException e) {
      throw UnreadableBodyException.noHttp(e);
    }
  }

  /**
   * Whether a failed attempt is repeated.
   *
   * @param refused why not, or null
   */
  private record Repetition(Duration delay, @Nullable String refused) {
    static Repetition after(Duration delay) {
      return new Repetition(delay, null);
    }

    static Repetition refused(String why) {
      return new Repetition(Duration.ZERO, why);
    }
  }

  private Repetition repetition(Outcome outcome, Exchange exchange, int number) {
    var policy = exchange.settings().retryPolicy();
    if (number >= policy.maxAttempts()) {
      return Repetition.refused("after " + exchange.attempts() + " attempts");
    }
    var asked = outcome.retryAfter(time);
    var delay = longer(asked, random(policy.longestDelay(number)));
    if (outcome.failure() instanceof SocketTimeoutException
        && exchange.attempt().isSentOverHttp2()) {
      delay = longer(SIGN_OF_LIFE, delay);
    }
    if (delay.compareTo(exchange.deadline().left()) >= 0) {
      return Repetition.refused(
          asked != null && delay.equals(asked)
              ? "because the Retry-After of " + asked.toSeconds() + " s passes the deadline"
              : "because the deadline leaves no time for another attempt");
    }
    return budget.spend()
        ? Repetition.after(delay)
        : Repetition.refused("because the client's retry budget is spent");
  }

  private static void repeat(Outcome outcome, Exchange exchange, Duration delay) {
    exchange
        .report()
        .retryScheduled(exchange.attempts(), outcome.kind(exchange), outcome.status(), delay);
  }

  private Duration random(Duration longest) {
    return Duration.ofNanos(time.random(longest.toNanos()));
  }

  private static Duration longer(@Nullable Duration one, Duration other) {
    return one != null && one.compareTo(other) > 0 ? one : other;
  }
}
