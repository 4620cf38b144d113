package io.simtally.core;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.Time;
import io.simtally.core.internal.http.RetryAfter;
import io.simtally.core.internal.http.UnreadableBodyException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The end of one attempt: either a response or a failure.
 *
 * @param stopped whether the attempt was cancelled or interrupted, or reached its deadline
 */
record Outcome(@Nullable Response response, @Nullable IOException failure, boolean stopped) {
  static Outcome of(Response response) {
    return new Outcome(response, null, false);
  }

  static Outcome of(IOException failure, boolean stopped) {
    return new Outcome(null, failure, stopped);
  }

  boolean isSuccess() {
    return response != null && response.isSuccessful();
  }

  boolean isUnanswered() {
    return failure != null && !(failure instanceof LoginFailureException);
  }

  boolean isRetryable(CallContext call) {
    if (response != null) {
      return isRetryable(response.code(), call);
    }
    if (stopped) {
      return false;
    }
    if (failure instanceof LoginFailureException login) {
      var answer = login.answer();
      return !login.isRefused()
          && (answer == null
              ? login.getCause() instanceof IOException
              : isRetryable(answer.status(), call));
    }
    return !(failure instanceof UnreadableBodyException)
        && !isUntrusted(failure)
        && (!(failure instanceof InterruptedIOException)
            || failure instanceof SocketTimeoutException);
  }

  /** Returns whether the server is not trusted: another attempt would get the same certificate. */
  private static boolean isUntrusted(@Nullable IOException failure) {
    return failure instanceof SSLPeerUnverifiedException
        || (failure instanceof SSLHandshakeException
            && failure.getCause() instanceof CertificateException);
  }

  private static boolean isRetryable(int status, CallContext call) {
    return switch (status) {
      case 408, 429, 502, 503, 504 -> true;
      case 500 -> call.retryableAfter500();
      default -> false;
    };
  }

  @Nullable Duration retryAfter(Time time) {
    if (response != null) {
      return RetryAfter.of(response.headers(), time.now());
    }
    return failure instanceof LoginFailureException login && login.answer() != null
        ? RetryAfter.of(login.answer().headers(), time.now())
        : null;
  }

  /**
   * Returns the kind of a failed attempt, unless it was stopped: the end of the call names that.
   */
  Kind kind(CallContext call) {
    return response != null
        ? Failures.kind(call, response.code())
        : Failures.kind(call, Objects.requireNonNull(failure), stopped);
  }

  int status() {
    if (response != null) {
      return response.code();
    }
    return failure instanceof LoginFailureException login && login.answer() != null
        ? login.answer().status()
        : 0;
  }

  long bytes() {
    return response != null && response.isSuccessful()
        ? response.body().source().getBuffer().size()
        : 0;
  }

  /**
   * Returns a text for the log. A failure is its class only: its message may repeat the request.
   */
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
