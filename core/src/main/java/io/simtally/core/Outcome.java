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
 * How one attempt ended: exactly one of response and failure is there.
 *
 * @param stopped whether it was cancelled, interrupted, or its time was up
 */
record Outcome(@Nullable Response response, @Nullable IOException failure, boolean stopped) {
  boolean isSuccess() {
    return response != null && response.isSuccessful();
  }

  boolean isUnanswered() {
    return failure != null && !(failure instanceof LoginFailureException);
  }

  boolean isRepeatable(Exchange exchange) {
    if (response != null) {
      return isRepeatable(response.code(), exchange);
    }
    if (stopped) {
      return false;
    }
    if (failure instanceof LoginFailureException login) {
      var answer = login.answer();
      return !login.isRefused()
          && (answer == null
              ? login.getCause() instanceof IOException
              : isRepeatable(answer.status(), exchange));
    }
    return !(failure instanceof UnreadableBodyException)
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
    return failure instanceof LoginFailureException login && login.answer() != null
        ? RetryAfter.of(login.answer().headers(), time.now())
        : null;
  }

  /** Why it is no success; what was stopped from outside is named when the call ends. */
  Kind kind(Exchange exchange) {
    return response != null
        ? FailureKind.of(exchange, response.code())
        : FailureKind.of(exchange, Objects.requireNonNull(failure), stopped);
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
