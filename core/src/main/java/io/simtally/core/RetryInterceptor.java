package io.simtally.core;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.internal.LoginFailure;
import io.simtally.core.internal.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Interceptor;
import okhttp3.Response;
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
    var exchange = Exchange.of(chain.request());
    if (exchange == null) {
      throw new IllegalStateException("an interceptor has removed the tags of the request");
    }
    exchange.start();
    var attempts = ownReadTimeout ? withReadTimeout(chain, exchange.timeout()) : chain;
    var renewed = false;
    var repetitions = 0;
    while (true) {
      var outcome = attempt(attempts, exchange);
      if (!renewed && exchange.areCredentialsRenewable()) {
        renewed = true;
        repeat(outcome, exchange, Duration.ZERO);
        outcome.close();
        continue;
      }
      if (outcome.isSuccess()) {
        budget.succeeded(repetitions > 0);
        return outcome.orThrow();
      }
      if (!outcome.isRepeatable(exchange) || !mayRepeat(outcome, exchange, ++repetitions)) {
        return outcome.orThrow();
      }
      outcome.close();
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
      var response = visible(proceed(chain, exchange), exchange);
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
    if (rateLimiter != null) {
      rateLimiter.await(exchange);
    }
    exchange.report().attemptStarted(exchange.attempts());
    var response = chain.proceed(chain.request());
    if (rateLimiter != null) {
      rateLimiter.answered(response.code());
    }
    return response;
  }

  private static IOException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    var failure = new InterruptedIOException("interrupted");
    failure.initCause(cause);
    return failure;
  }

  /** Puts back what was hidden from OkHttp. */
  private static Response visible(Response response, Exchange exchange) {
    var hidden = exchange.hiddenRetryAfter();
    if (hidden.isEmpty()) {
      return response;
    }
    var visible = response.newBuilder();
    hidden.forEach(value -> visible.addHeader(RetryAfter.HEADER, value));
    return visible.build();
  }

  /** Pulls the body into the buffer it is decoded from: no copy, and the connection is free. */
  private void readWhole(Response response, Exchange exchange) throws IOException {
    var body = response.body();
    if (body.contentLength() > maxBodyBytes || isLonger(body.source(), exchange)) {
      throw UnreadableBody.tooLarge(maxBodyBytes);
    }
  }

  private boolean isLonger(BufferedSource source, Exchange exchange) throws IOException {
    try {
      return source.request(maxBodyBytes + 1);
    } catch (IOException e) {
      throw exchange.isPackedBodyArriving() ? UnreadableBody.noGzip(e) : e;
    }
  }

  /** Decides on the next repetition and, if there is to be one, waits for its time. */
  private boolean mayRepeat(Outcome outcome, Exchange exchange, int repetition) throws IOException {
    var policy = exchange.retryPolicy();
    if (repetition >= policy.maxAttempts()) {
      exchange.giveUp("after " + exchange.attempts() + " attempts");
      return false;
    }
    var asked = outcome.retryAfter(time);
    var delay = longer(asked, random(policy.longestDelay(repetition)));
    if (outcome.failure() instanceof SocketTimeoutException && exchange.isSentOverHttp2()) {
      delay = longer(SIGN_OF_LIFE, delay);
    }
    if (delay.compareTo(exchange.left()) >= 0) {
      exchange.giveUp(
          asked != null && delay.equals(asked)
              ? "because the Retry-After of " + asked.toSeconds() + " s passes the deadline"
              : "because the deadline leaves no time for another attempt");
      return false;
    }
    if (!budget.spend()) {
      exchange.giveUp("because the client's retry budget is spent");
      return false;
    }
    repeat(outcome, exchange, delay);
    try {
      exchange.sleep(delay);
    } catch (IOException e) {
      outcome.close();
      throw e;
    }
    return true;
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

  /** A success whose body arrived, or would have, but is of no use; another would be the same. */
  static final class UnreadableBody extends IOException {
    private static final long serialVersionUID = 1L;

    private UnreadableBody(String message, @Nullable IOException cause) {
      super(message, cause);
    }

    static UnreadableBody tooLarge(long maxBodyBytes) {
      return new UnreadableBody("the answer is larger than maxBodyBytes, " + maxBodyBytes, null);
    }

    static UnreadableBody noGzip(IOException cause) {
      return new UnreadableBody("the answer is not the gzip that it is called", cause);
    }
  }

  /** How one attempt ended: exactly one of the two is there. */
  private record Outcome(
      @Nullable Response response, @Nullable IOException failure, boolean stopped) {

    boolean isSuccess() {
      return response != null && response.isSuccessful();
    }

    boolean isUnanswered() {
      return failure != null && !(failure instanceof LoginFailure);
    }

    boolean isRepeatable(Exchange exchange) {
      if (response != null) {
        return isRepeatable(response.code(), exchange);
      }
      if (stopped) {
        return false;
      }
      if (failure instanceof LoginFailure login) {
        var answer = login.answer();
        return !login.isRefused()
            && (answer == null
                ? login.getCause() instanceof IOException
                : isRepeatable(answer.status(), exchange));
      }
      return !(failure instanceof UnreadableBody)
          && !isUntrusted(failure)
          && (!(failure instanceof InterruptedIOException)
              || failure instanceof SocketTimeoutException);
    }

    /** Another try would meet the same certificate. */
    private static boolean isUntrusted(@Nullable IOException failure) {
      return failure instanceof SSLPeerUnverifiedException
          || (failure instanceof SSLHandshakeException
              && failure.getCause() instanceof CertificateException);
    }

    private static boolean isRepeatable(int status, Exchange exchange) {
      return switch (status) {
        case 408, 429, 502, 503, 504 -> true;
        case 500 -> exchange.repeatableAfter500();
        default -> false;
      };
    }

    @Nullable Duration retryAfter(Time time) {
      if (response != null) {
        return RetryAfter.of(response.headers(), time.now());
      }
      return failure instanceof LoginFailure login && login.answer() != null
          ? RetryAfter.of(login.answer().headers(), time.now())
          : null;
    }

    /** Why it is no success; what was stopped from outside is named when the call ends. */
    Kind kind(Exchange exchange) {
      return response != null
          ? Failures.kindOf(exchange, response.code())
          : Failures.kindOf(exchange, Objects.requireNonNull(failure), stopped);
    }

    int status() {
      if (response != null) {
        return response.code();
      }
      return failure instanceof LoginFailure login && login.answer() != null
          ? login.answer().status()
          : 0;
    }

    long bytes() {
      return response != null && response.isSuccessful()
          ? response.body().source().getBuffer().size()
          : 0;
    }

    /** For the log. Of a failure the class only: its message may repeat what was sent. */
    String words() {
      return response != null
          ? String.valueOf(response.code())
          : Objects.requireNonNull(failure).getClass().getSimpleName();
    }

    void close() {
      if (response != null) {
        response.close();
      }
    }

    Response orThrow() throws IOException {
      if (failure != null) {
        throw failure;
      }
      return Objects.requireNonNull(response);
    }
  }
}
