package io.simtally.core;

import io.simtally.core.ApiException.Kind;
import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.http.UnreadableBodyException;
import java.io.IOException;
import java.io.InterruptedIOException;

/** What kind of failure it is that ends an attempt, a call or a login. */
final class FailureKind {
  private FailureKind() {}

  /** The kind of an answer that is no success. */
  static Kind of(Exchange exchange, int status) {
    return exchange.attempt().areCredentialsRefused() ? Kind.UNAUTHENTICATED : ofStatus(status);
  }

  /** The kind of a failure to get an answer. */
  static Kind of(Exchange exchange, IOException failure, boolean stopped) {
    if (failure instanceof LoginFailureException login) {
      return of(login);
    }
    if (failure instanceof UnreadableBodyException) {
      return Kind.UNREADABLE_RESPONSE;
    }
    if (exchange.deadline().isCancelled() || Thread.currentThread().isInterrupted()) {
      return Kind.CANCELLED;
    }
    if (failure instanceof InterruptedIOException) {
      return Kind.TIMEOUT;
    }
    return stopped ? Kind.CANCELLED : Kind.CONNECTION;
  }

  /** The kind of a failure to get a token. */
  static Kind of(LoginFailureException failure) {
    var answer = failure.answer();
    if (failure.isRefused()) {
      return Kind.UNAUTHENTICATED;
    }
    if (answer != null) {
      return isSuccess(answer.status()) ? Kind.UNREADABLE_RESPONSE : ofStatus(answer.status());
    }
    if (failure.getCause() instanceof InterruptedIOException) {
      return Kind.TIMEOUT;
    }
    return failure.getCause() instanceof IOException ? Kind.CONNECTION : Kind.UNAUTHENTICATED;
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  private static Kind ofStatus(int status) {
    return switch (status) {
      case 400, 422 -> Kind.INVALID_REQUEST;
      case 401 -> Kind.UNAUTHENTICATED;
      case 403 -> Kind.FORBIDDEN;
      case 404 -> Kind.NOT_FOUND;
      case 409 -> Kind.CONFLICT;
      case 429 -> Kind.RATE_LIMITED;
      default -> status >= 500 ? Kind.SERVER_ERROR : Kind.UNEXPECTED_STATUS;
    };
  }
}
