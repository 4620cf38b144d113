package io.simtally.core;

import java.time.Duration;
import java.util.Objects;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not end in a right answer, for whatever reason. The one exception that Simtally
 * throws once a request is under way; settings that make no sense are refused before, with an
 * {@link IllegalArgumentException} or {@link IllegalStateException}.
 *
 * <p>A credential that the provider repeats in its answer is redacted everywhere in here.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, independent of the provider's own words. */
  public enum Kind {
    /** The provider calls the request wrong: status 400 or 422. */
    INVALID_REQUEST,
    /** The credentials are wrong, refused or expired, however the provider says so. */
    UNAUTHENTICATED,
    /** The credentials are good but do not allow this: status 403. */
    FORBIDDEN,
    /** There is no such thing: status 404. */
    NOT_FOUND,
    /** Status 409. */
    CONFLICT,
    /** Too many requests: status 429. */
    RATE_LIMITED,
    /** The provider failed: status 500 and above. */
    SERVER_ERROR,
    /** Any other status, redirects included: they are not followed. */
    UNEXPECTED_STATUS,
    /** No connection could be made, or it broke, also in the middle of the answer. */
    CONNECTION,
    /** The deadline of the call, or of one of its connections, has passed. */
    TIMEOUT,
    /** The calling thread was interrupted, the future cancelled, or the client closed. */
    CANCELLED,
    /** A success status, but not the promised JSON, or more of it than the client accepts. */
    UNREADABLE_RESPONSE,
    /** A page promises more and leads nowhere new; going on would loop or lose rows. */
    PAGING_STALLED
  }

  /** What went wrong. */
  private final Kind kind;

  /** Which system was called. */
  private final String provider;

  /** Verb and path template. */
  private final String operation;

  /** The HTTP status, or 0 if there was no answer. */
  private final int status;

  /** The headers of the answer; not serialized, so null in an exception that was read back. */
  private final transient Headers headers;

  /** The beginning of the answer's body, empty if there was none. */
  private final String body;

  /** The provider's own code for the failure, or null. */
  private final @Nullable String code;

  /** The provider's own sentence about the failure, or null. */
  private final @Nullable String providerMessage;

  /** What to name in a support ticket, or null. */
  private final @Nullable String requestId;

  /** How long the provider asks to wait, or null if it does not say. */
  private final @Nullable Duration retryAfter;

  /** How often the request was sent. */
  private final int attempts;

  ApiException(Failure failure) {
    super(failure.message(), failure.cause());
    this.kind = failure.kind();
    this.provider = failure.provider();
    this.operation = failure.operation();
    this.status = failure.status();
    this.headers = failure.headers();
    this.body = failure.body();
    this.code = failure.code();
    this.providerMessage = failure.providerMessage();
    this.requestId = failure.requestId();
    this.retryAfter = failure.retryAfter();
    this.attempts = failure.attempts();
  }

  /**
   * {@return the provider, the operation, what happened, and the provider's own words; never null}
   */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** {@return what went wrong} */
  public Kind kind() {
    return kind;
  }

  /** {@return which system was called, for example {@code thingspace-m2m}} */
  public String provider() {
    return provider;
  }

  /**
   * {@return verb and path template, for example {@code GET /analytics/data-usage/{physicalId}};
   * never the filled-in address}
   */
  public String operation() {
    return operation;
  }

  /** {@return the HTTP status, or 0 if there was no answer; of the login if that is what failed} */
  public int status() {
    return status;
  }

  /** {@return the provider's own code for the failure, or null if it gave none} */
  public @Nullable String code() {
    return code;
  }

  /** {@return the provider's own sentence about the failure, or null if it gave none} */
  public @Nullable String providerMessage() {
    return providerMessage;
  }

  /** {@return what to name in a support ticket, or null if the provider sent no request id} */
  public @Nullable String requestId() {
    return requestId;
  }

  /**
   * {@return the headers of the answer, empty if there was none or the exception was deserialized}
   */
  public Headers headers() {
    return Objects.requireNonNullElse(headers, Headers.EMPTY);
  }

  /** {@return the beginning of the answer's body, at most 8 KiB, empty if there was none} */
  public String body() {
    return body;
  }

  /**
   * {@return how long the provider asks to wait before the next try, or null if it does not say}
   */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /**
   * {@return how often the request was sent before the call was given up; an attempt that got no
   * further than the login or the connection counts too}
   */
  public int attempts() {
    return attempts;
  }

  /** Everything the exception tells; credentials are already gone from it. */
  record Failure(
      Kind kind,
      String provider,
      String operation,
      String message,
      int status,
      Headers headers,
      String body,
      @Nullable String code,
      @Nullable String providerMessage,
      @Nullable String requestId,
      @Nullable Duration retryAfter,
      int attempts,
      @Nullable Throwable cause) {}
}
