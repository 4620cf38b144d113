package io.simtally.core;

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
import org.jspecify.annotations.Nullable;

/**
 * Outermost of ours: sends a call as often as its policy, its deadline and the client's budget
 * allow, and once more when refused credentials could be renewed. The body of a success is read
 * here, because an answer that breaks off is repeated like one that never came.
 */
final class RetryInterceptor implements Interceptor {
  private static final Duration SHORTEST_READ_TIMEOUT = Duration.ofSeconds(30);

  private final Time time;
  private final RetryBudget budget = new RetryBudget();
  private final CallListener listener;
  private final long maxBodyBytes;
  private final boolean ownReadTimeout;

  /**
   * Repeats calls.
   *
   * @param ownReadTimeout whether an attempt's read timeout follows the call's, as it does unless
   *     the user brought a client with a read timeout of its own
   */
  RetryInterceptor(Time time, CallListener listener, long maxBodyBytes, boolean ownReadTimeout) {
    this.time = time;
    this.listener = listener;
    this.maxBodyBytes = maxBodyBytes;
    this.ownReadTimeout = ownReadTimeout;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var exchange = Exchange.of(chain);
    var attempts = ownReadTimeout ? withReadTimeout(chain, exchange.timeout()) : chain;
    var renewed = false;
    var repetitions = 0;
    while (true) {
      var outcome = attempt(attempts, exchange);
      if (!renewed && exchange.areCredentialsRenewable()) {
        renewed = true;
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
    }
  }

  /** Half of the call's time for each silence, so that one hung attempt leaves room for another. */
  private static Chain withReadTimeout(Chain chain, Duration timeout) {
    // In milliseconds, because Duration divides by way of BigDecimal.
    var longest = Math.max(timeout.toMillis() / 2, SHORTEST_READ_TIMEOUT.toMillis());
    var millis = (int) Math.min(longest, Integer.MAX_VALUE);
    return millis == chain.readTimeoutMillis()
        ? chain
        : chain.withReadTimeout(millis, TimeUnit.MILLISECONDS);
  }

  private Outcome attempt(Chain chain, Exchange exchange) {
    exchange.beginAttempt();
    try {
      var response = visible(chain.proceed(chain.request()), exchange);
      try {
        if (response.isSuccessful()) {
          readWhole(response);
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

  private static IOException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    var failure = new InterruptedIOException("interrupted");
    failure.initCause(cause);
    return failure;
  }

  /** Puts back what was hidden from OkHttp. */
  private static Response visible(Response response, Exchange exchange) {
    return exchange.isRetryAfterZeroHidden()
        ? response.newBuilder().header(WireInterceptor.RETRY_AFTER, "0").build()
        : response;
  }

  /** Pulls the body into the buffer it is decoded from: no copy, and the connection is free. */
  private void readWhole(Response response) throws IOException {
    var source = response.body().source();
    if (response.body().contentLength() > maxBodyBytes || source.request(maxBodyBytes + 1)) {
      throw new BodyTooLarge(maxBodyBytes);
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
    if (listener != CallListener.NONE) {
      listener.retryScheduled(
          new CallListener.Retry(
              exchange.provider(),
              exchange.operation(),
              exchange.attempts(),
              outcome.reason(),
              delay));
    }
    try {
      exchange.sleep(delay);
    } catch (IOException e) {
      outcome.close();
      throw e;
    }
    return true;
  }

  private Duration random(Duration longest) {
    return Duration.ofNanos(time.random(longest.toNanos()));
  }

  private static Duration longer(@Nullable Duration one, Duration other) {
    return one != null && one.compareTo(other) > 0 ? one : other;
  }

  /** A success would fill more memory than the client allows. */
  static final class BodyTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLarge(long maxBodyBytes) {
      super("the answer is larger than maxBodyBytes, " + maxBodyBytes);
    }
  }

  /** How one attempt ended: exactly one of the two is there. */
  private record Outcome(
      @Nullable Response response, @Nullable IOException failure, boolean stopped) {

    boolean isSuccess() {
      return response != null && response.isSuccessful();
    }

    boolean isRepeatable(Exchange exchange) {
      if (response != null) {
        return isRepeatable(response.code(), exchange);
      }
      if (failure instanceof LoginFailure login) {
        var answer = login.answer();
        return !login.isRefused()
            && (answer == null
                ? login.getCause() instanceof IOException
                : isRepeatable(answer.status(), exchange));
      }
      return !stopped
          && !(failure instanceof BodyTooLarge)
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
        return RetryAfter.parse(response.header(WireInterceptor.RETRY_AFTER), time.now());
      }
      return failure instanceof LoginFailure login && login.answer() != null
          ? RetryAfter.parse(login.answer().headers().get(WireInterceptor.RETRY_AFTER), time.now())
          : null;
    }

    String reason() {
      return response != null
          ? "status " + response.code()
          : String.valueOf(failure == null ? null : failure.getClass().getSimpleName());
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
