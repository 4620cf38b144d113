package io.simtally.core;

import io.simtally.core.internal.Preconditions;
import java.time.Duration;
import java.util.Objects;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A failed call. Simtally throws no other exception once it sends a request; invalid settings fail
 * before that with an {@link IllegalArgumentException} or {@link IllegalStateException}.
 *
 * <p>Every text of the exception is free of the credentials of the call, also where the provider
 * repeats them.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reason of the failure, independent of the provider's own words. */
  public enum Kind {
    /** The provider rejects the request as invalid: status 400 or 422. */
    INVALID_REQUEST,
    /** The credentials are wrong, refused or expired, however the provider says so. */
    UNAUTHENTICATED,
    /** The credentials are valid but lack the permission: status 403. */
    FORBIDDEN,
    /** The resource does not exist: status 404. */
    NOT_FOUND,
    /** Status 409. */
    CONFLICT,
    /** Too many requests: status 429. */
    RATE_LIMITED,
    /** The provider failed: status 500 and above. */
    SERVER_ERROR,
    /** Any other status. Redirects are included: the client does not follow them. */
    UNEXPECTED_STATUS,
    /** The connection failed, or broke before the end of the answer. */
    CONNECTION,
    /** The deadline of the call, or of one of its connections, has passed. */
    TIMEOUT,
    /** The calling thread was interrupted, the future cancelled, or the client closed. */
    CANCELLED,
    /** The status is a success, but the body is not the documented JSON or is too large. */
    UNREADABLE_RESPONSE,
    /** A page promises more rows but names no new page: another request would loop or lose rows. */
    PAGING_STALLED
  }

  /** The reason of the failure. */
  private final Kind kind;

  /** The name of the provider. */
  private final String provider;

  /** Verb and path template. */
  private final String operation;

  /** The HTTP status, or 0 if there was no answer. */
  private final int status;

  /** The headers of the answer. Not serialized: null in a deserialized exception. */
  private final transient Headers headers;

  /** The beginning of the answer's body, empty if there was none. */
  private final String body;

  /** The provider's own code for the failure, or null. */
  private final @Nullable String code;

  /** The provider's own sentence about the failure, or null. */
  private final @Nullable String providerMessage;

  /** The provider's id of the request, or null. */
  private final @Nullable String requestId;

  /** The wait that the provider asks for, or null. */
  private final @Nullable Duration retryAfter;

  /** The number of requests sent. */
  private final int attempts;

  private ApiException(Builder told) {
    super(told.message(), told.cause);
    this.kind = told.kind;
    this.provider = told.provider;
    this.operation = told.operation;
    this.status = told.status;
    this.headers = told.headers;
    this.body = told.body;
    this.code = told.code;
    this.providerMessage = told.providerMessage;
    this.requestId = told.requestId;
    this.retryAfter = told.retryAfter;
    this.attempts = told.attempts;
  }

  /**
   * Returns a builder for tests that mock a client:
   *
   * <pre>{@code
   * when(request.execute())
   *     .thenThrow(
   *         ApiException.builder(ApiException.Kind.RATE_LIMITED)
   *             .status(429)
   *             .retryAfter(Duration.ofSeconds(30))
   *             .build());
   * }</pre>
   *
   * @param kind the reason of the failure
   * @return a builder without other values; it does not redact
   */
  public static Builder builder(Kind kind) {
    return new Builder(Preconditions.present("kind", kind));
  }

  /**
   * {@return the provider, the operation, what happened, and the provider's own words; never null}
   */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** {@return the reason of the failure} */
  public Kind kind() {
    return kind;
  }

  /** {@return the name of the provider, for example {@code thingspace-m2m}} */
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

  /**
   * {@return the HTTP status, or 0 without an answer; the status of the login if the login failed}
   */
  public int status() {
    return status;
  }

  /** {@return the provider's own code of the failure, or null if it sent none} */
  public @Nullable String code() {
    return code;
  }

  /** {@return the provider's own message, or null if it sent none} */
  public @Nullable String providerMessage() {
    return providerMessage;
  }

  /** {@return the provider's id of the request, for a support ticket, or null if it sent none} */
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

  /** {@return the wait that the provider asks for before the next attempt, or null} */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** {@return the number of attempts, including those that ended at the login or the connection} */
  public int attempts() {
    return attempts;
  }

  /**
   * The values of an exception. Not thread-safe. A null name, template, header or body throws an
   * {@link IllegalArgumentException}.
   */
  public static final class Builder {
    private final Kind kind;
    private String provider = "test";
    private String operation = "GET /test";
    private int status;
    private Headers headers = Headers.EMPTY;
    private String body = "";
    private @Nullable String reason;
    private @Nullable String code;
    private @Nullable String providerMessage;
    private @Nullable String requestId;
    private @Nullable Duration retryAfter;
    private int attempts = 1;
    private @Nullable Throwable cause;
    private @Nullable String givenUp;
    private int headersLeftOut;

    private Builder(Kind kind) {
      this.kind = kind;
    }

    /**
     * Sets the name of the provider, {@code test} by default.
     *
     * @param name for example {@code thingspace-m2m}
     * @return this builder
     */
    public Builder provider(String name) {
      provider = Preconditions.present("provider", name);
      return this;
    }

    /**
     * Sets the operation, {@code GET /test} by default.
     *
     * @param template verb and path template
     * @return this builder
     */
    public Builder operation(String template) {
      operation = Preconditions.present("operation", template);
      return this;
    }

    /**
     * Sets the HTTP status, 0 by default, which means no answer.
     *
     * @param code for example 429
     * @return this builder
     */
    public Builder status(int code) {
      status = code;
      return this;
    }

    /**
     * Sets the headers of the answer, none by default.
     *
     * @param answered all headers
     * @return this builder
     */
    public Builder headers(Headers answered) {
      headers = Preconditions.present("headers", answered);
      return this;
    }

    /**
     * Sets the beginning of the answer's body, empty by default.
     *
     * @param text the body
     * @return this builder
     */
    public Builder body(String text) {
      body = Preconditions.present("body", text);
      return this;
    }

    /**
     * Sets the reason in the message, by default the kind and the status.
     *
     * @param words the reason, or null
     * @return this builder
     */
    public Builder reason(@Nullable String words) {
      reason = words;
      return this;
    }

    /**
     * Sets the provider's own code of the failure, none by default.
     *
     * @param word the code, or null
     * @return this builder
     */
    public Builder code(@Nullable String word) {
      code = word;
      return this;
    }

    /**
     * Sets the provider's own message, none by default.
     *
     * @param sentence the message, or null
     * @return this builder
     */
    public Builder providerMessage(@Nullable String sentence) {
      providerMessage = sentence;
      return this;
    }

    /**
     * Sets the provider's id of the request, none by default.
     *
     * @param id the id, or null
     * @return this builder
     */
    public Builder requestId(@Nullable String id) {
      requestId = id;
      return this;
    }

    /**
     * Sets the wait that the provider asks for, none by default.
     *
     * @param wait the wait after the answer, or null
     * @return this builder
     */
    public Builder retryAfter(@Nullable Duration wait) {
      retryAfter = wait;
      return this;
    }

    /**
     * Sets the number of attempts, 1 by default.
     *
     * @param number 0 or more
     * @return this builder
     */
    public Builder attempts(int number) {
      attempts = number;
      return this;
    }

    /**
     * Sets the cause, none by default.
     *
     * @param thrown the cause, or null
     * @return this builder
     */
    public Builder cause(@Nullable Throwable thrown) {
      cause = thrown;
      return this;
    }

    /** Sets why a retryable failure was not retried, or null. */
    Builder givenUp(@Nullable String because) {
      givenUp = because;
      return this;
    }

    /** Sets the number of headers that the exception omits. */
    Builder headersLeftOut(int number) {
      headersLeftOut = number;
      return this;
    }

    /** {@return the exception, not thrown yet} */
    public ApiException build() {
      return new ApiException(this);
    }

    private String message() {
      var message = new StringBuilder();
      message.append(provider).append(' ').append(operation).append(": ").append(kind);
      append(message, ", status ", status == 0 ? null : String.valueOf(status));
      append(message, ": ", reason);
      append(message, ", code ", code);
      append(message, ", ", providerMessage);
      append(message, "; given up ", givenUp);
      append(message, "; left out are ", headersLeftOut == 0 ? null : headersLeftOut + " headers");
      return message.toString();
    }

    private static void append(StringBuilder message, String separator, @Nullable String part) {
      if (part == null) {
        return;
      }
      // The provider's words may end in a full stop of their own.
      if (message.charAt(message.length() - 1) == '.') {
        message.setLength(message.length() - 1);
      }
      message.append(separator).append(part);
    }
  }
}
