package io.simtally.core;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.simtally.core.ApiException.Kind;
import io.simtally.core.auth.Auth;
import io.simtally.core.internal.ErrorBody;
import io.simtally.core.internal.ErrorMembers;
import io.simtally.core.internal.LoginFailureException;
import io.simtally.core.internal.PagingStalledException;
import io.simtally.core.internal.Redaction;
import io.simtally.core.internal.Time;
import io.simtally.core.internal.http.RetryAfter;
import io.simtally.core.internal.http.UnreadableBodyException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import okhttp3.Headers;
import okhttp3.Response;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Creates every {@link ApiException} of a call, and redacts the credentials in texts from outside.
 */
final class Failures {
  private static final int LONGEST_BODY = 8 * 1024;

  /** The largest number of characters of all headers together. */
  private static final int MOST_HEADERS = 32 * 1024;

  private static final List<String> REQUEST_ID_HEADERS =
      List.of("x-request-id", "request-id", "x-correlation-id", "x-amzn-requestid");

  /** The longest reason. It may contain text of a server, for example the name of a member. */
  private static final int LONGEST_REASON = 512;

  private final Auth auth;
  private final Time time;

  Failures(Auth auth, Time time) {
    this.auth = auth;
    this.time = time;
  }

  /** Returns the exception of a response without a success status. */
  ApiException of(CallContext call, Response response) {
    return answered(
        call,
        kind(call, response.code()),
        null,
        response.code(),
        response.headers(),
        ErrorBody.read(response));
  }

  /**
   * Returns the exception of a success status whose body reports an error. Its rows are not
   * trustworthy.
   */
  ApiException failedSuccess(CallContext call, Response response, ErrorMembers error) {
    return failure(
        call,
        Kind.UNREADABLE_RESPONSE,
        "the answer carries an error at path $",
        response.code(),
        response.headers(),
        "",
        told(call, error),
        null);
  }

  /** Returns the exception of a success status whose body is not the documented JSON. */
  ApiException unreadable(CallContext call, Response response, Exception cause, JsonReader reader) {
    var path = reader.getPath();
    // A member of invalid JSON may end in the middle of a credential.
    var isJson = cause instanceof JsonDataException || cause instanceof PagingStalledException;
    var told = isJson ? ErrorMembers.of(reader) : null;
    var error = told == null ? ErrorBody.parse("") : told(call, told);
    if (told != null && told.tellOfFailure()) {
      return failedSuccess(call, response, told);
    }
    var kind =
        cause instanceof PagingStalledException ? Kind.PAGING_STALLED : Kind.UNREADABLE_RESPONSE;
    var reason = shortened(redaction(call).redactTruncated(beginning(reason(cause))));
    if (kind == Kind.UNREADABLE_RESPONSE && !reason.contains("$")) {
      reason += " at path " + shortened(path);
    }
    // If the body is no JSON from its first byte, for example a login page, the buffer still holds
    // it.
    var body = path.equals("$") ? ErrorBody.read(response) : "";
    return failure(call, kind, reason, response.code(), response.headers(), body, error, cause);
  }

  private ErrorBody told(CallContext call, ErrorMembers error) {
    return ErrorBody.parse(redaction(call).redactTruncated(error.json()));
  }

  /** Moshi's own message is about its API. */
  private static String reason(Exception cause) {
    if (cause instanceof EOFException) {
      return "the JSON ends too early";
    }
    var words = cause.getMessage();
    return words == null
        ? cause.toString()
        : words.replace("Use JsonReader.setLenient(true) to accept malformed", "malformed");
  }

  /** Returns the exception of a call without a complete response. */
  ApiException of(CallContext call, IOException failure, boolean stopped) {
    if (failure instanceof LoginFailureException login) {
      return of(call, login);
    }
    return unanswered(call, kind(call, failure, stopped), failure);
  }

  /** Returns the exception of an iteration that would loop. */
  ApiException stalled(CallContext call, String reason) {
    return failure(
        call, Kind.PAGING_STALLED, reason, 0, Headers.EMPTY, "", ErrorBody.parse(""), null);
  }

  private ApiException of(CallContext call, LoginFailureException failure) {
    var answer = failure.answer();
    var reason = String.valueOf(failure.getMessage());
    return answer == null
        ? unanswered(call, kind(failure), failure)
        : answered(call, kind(failure), reason, answer.status(), answer.headers(), answer.body());
  }

  private ApiException answered(
      CallContext call,
      Kind kind,
      @Nullable String reason,
      int status,
      Headers headers,
      String body) {
    // Redacted before it is parsed: broken JSON might cut a credential in two.
    var visible = redaction(call).redactTruncated(body);
    var error = ErrorBody.parse(visible);
    return failure(call, kind, reason, status, headers, visible, error, null);
  }

  private ApiException unanswered(CallContext call, Kind kind, IOException cause) {
    var reason = kind == Kind.TIMEOUT ? timeout(call, cause) : words(cause);
    return failure(call, kind, reason, 0, Headers.EMPTY, "", ErrorBody.parse(""), cause);
  }

  private static String timeout(CallContext call, IOException cause) {
    var limit = "the call may take " + seconds(call.deadline().limit());
    // One attempt timed out, not the call.
    return words(cause)
        + (cause instanceof SocketTimeoutException ? " on one attempt; " : "; ")
        + limit;
  }

  private static String words(IOException cause) {
    var message = cause.getMessage();
    if (cause instanceof UnknownHostException) {
      return "the host is unknown: " + message;
    }
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String seconds(Duration limit) {
    return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  private ApiException failure(
      CallContext call,
      Kind kind,
      @Nullable String reason,
      int status,
      Headers headers,
      String body,
      ErrorBody error,
      @Nullable Exception cause) {
    var redaction = redaction(call);
    var visible = visible(headers, redaction);
    return ApiException.builder(kind)
        .provider(call.provider())
        .operation(call.operation())
        .status(status)
        .headers(visible)
        .body(cut(redaction.redactTruncated(body)))
        .reason(redacted(reason, redaction))
        .code(redacted(error.code(), redaction))
        .providerMessage(redacted(error.message(), redaction))
        .requestId(requestId(visible))
        .retryAfter(RetryAfter.of(headers, time.now()))
        .attempts(call.attempts())
        .cause(harmless(cause, redaction))
        .givenUp(call.attempt().lastBecause())
        .headersLeftOut(headers.size() - visible.size())
        .build();
  }

  /** Redacts the current credentials of the client, and those that the call has sent. */
  private Redaction redaction(CallContext call) {
    return new Joined(call.carried(), auth);
  }

  private record Joined(List<Redaction> carried, Auth current) implements Redaction {
    @Override
    public String redact(String text) {
      var visible = text;
      for (var each : carried) {
        visible = each.redact(visible);
      }
      return current.redact(visible);
    }

    @Override
    public String redactTruncated(String text) {
      var visible = text;
      for (var each : carried) {
        visible = each.redactTruncated(visible);
      }
      return current.redactTruncated(visible);
    }
  }

  private static String beginning(String text) {
    return text.length() <= LONGEST_BODY ? text : text.substring(0, LONGEST_BODY);
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
  }

  private static @Nullable String redacted(@Nullable String text, Redaction redaction) {
    return text == null ? null : redaction.redact(text);
  }

  /** Returns the first headers, as many as fit. */
  private static Headers visible(Headers headers, Redaction redaction) {
    var visible = new Headers.Builder();
    var left = MOST_HEADERS;
    for (int i = 0; i < headers.size(); i++) {
      left -= headers.name(i).length() + headers.value(i).length();
      if (left < 0) {
        break;
      }
      visible.addUnsafeNonAscii(headers.name(i), redaction.redact(headers.value(i)));
    }
    return visible.build();
  }

  private static String cut(String body) {
    var bytes = ByteString.encodeUtf8(body);
    if (bytes.size() <= LONGEST_BODY) {
      return body;
    }
    var end = LONGEST_BODY;
    while ((bytes.getByte(end) & 0xC0) == 0x80) {
      end--; // not in the middle of a character
    }
    return bytes.substring(0, end).utf8();
  }

  /** Returns the id of a request from the headers that providers and gateways use, or null. */
  static @Nullable String requestId(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      if (isRequestId(headers.name(i))) {
        return headers.value(i);
      }
    }
    return null;
  }

  private static boolean isRequestId(String header) {
    for (var name : REQUEST_ID_HEADERS) {
      if (name.equalsIgnoreCase(header)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns {@code cause}, or null if its messages are long or contain a credential: a stack trace
   * prints them unredacted.
   */
  private static @Nullable Throwable harmless(@Nullable Throwable cause, Redaction redaction) {
    for (var each = cause; each != null; each = each.getCause()) {
      var message = each.toString();
      if (message.length() > 2 * LONGEST_REASON
          || !redaction.redact(message).equals(message)
          || each.getSuppressed().length > 0) {
        return null;
      }
    }
    return cause;
  }

  /** Returns the kind of a response that is not a success. */
  static Kind kind(CallContext call, int status) {
    return call.attempt().areCredentialsRefused() ? Kind.UNAUTHENTICATED : ofStatus(status);
  }

  /** Returns the kind of a failure to get a response. */
  static Kind kind(CallContext call, IOException failure, boolean stopped) {
    if (failure instanceof LoginFailureException login) {
      return kind(login);
    }
    if (failure instanceof UnreadableBodyException) {
      return Kind.UNREADABLE_RESPONSE;
    }
    if (call.deadline().isCancelled() || Thread.currentThread().isInterrupted()) {
      return Kind.CANCELLED;
    }
    if (failure instanceof InterruptedIOException) {
      return Kind.TIMEOUT;
    }
    return stopped ? Kind.CANCELLED : Kind.CONNECTION;
  }

  /** Returns the kind of a failure to get a token. */
  static Kind kind(LoginFailureException failure) {
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
