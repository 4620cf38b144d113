package io.simtally.core;

import io.simtally.core.internal.Preconditions;
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
   * Begins an exception for the tests of a program, whose client is a mock:
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
   * @param kind what went wrong
   * @return a builder with nothing else in it; nothing of what it is told is redacted
   * @throws IllegalArgumentException if it is null
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

  /** What an exception tells. Not thread-safe. */
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
     * Which system was called. {@code test} if not set.
     *
     * @param name for example {@code thingspace-m2m}
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public Builder provider(String name) {
      provider = Preconditions.present("provider", name);
      return this;
    }

    /**
     * What was called. {@code GET /test} if not set.
     *
     * @param template verb and path template
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public Builder operation(String template) {
      operation = Preconditions.present("operation", template);
      return this;
    }

    /**
     * The HTTP status. 0, which is no answer, if not set.
     *
     * @param code for example 429
     * @return this builder
     */
    public Builder status(int code) {
      status = code;
      return this;
    }

    /**
     * The headers of the answer. None if not set.
     *
     * @param answered all of them
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public Builder headers(Headers answered) {
      headers = Preconditions.present("headers", answered);
      return this;
    }

    /**
     * The beginning of the answer's body. Empty if not set.
     *
     * @param text as it came
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public Builder body(String text) {
      body = Preconditions.present("body", text);
      return this;
    }

    /**
     * What happened, for the message. Nothing but the kind and the status if not set.
     *
     * @param words in our own words, or null
     * @return this builder
     */
    public Builder reason(@Nullable String words) {
      reason = words;
      return this;
    }

    /**
     * The provider's own code for the failure. None if not set.
     *
     * @param word as the provider gives it, or null
     * @return this builder
     */
    public Builder code(@Nullable String word) {
      code = word;
      return this;
    }

    /**
     * The provider's own sentence about the failure. None if not set.
     *
     * @param sentence as the provider gives it, or null
     * @return this builder
     */
    public Builder providerMessage(@Nullable String sentence) {
      providerMessage = sentence;
      return this;
    }

    /**
     * What to name in a support ticket. Nothing if not set.
     *
     * @param id as the provider gives it, or null
     * @return this builder
     */
    public Builder requestId(@Nullable String id) {
      requestId = id;
      return this;
    }

    /**
     * How long the provider asks to wait. It does not say if not set.
     *
     * @param wait from the answer on, or null
     * @return this builder
     */
    public Builder retryAfter(@Nullable Duration wait) {
      retryAfter = wait;
      return this;
    }

    /**
     * How often the request was sent. Once if not set.
     *
     * @param number from 0 on
     * @return this builder
     */
    public Builder attempts(int number) {
      attempts = number;
      return this;
    }

    /**
     * What led to it. Nothing if not set.
     *
     * @param thrown the cause, or null
     * @return this builder
     */
    public Builder cause(@Nullable Throwable thrown) {
      cause = thrown;
      return this;
    }

    /** Why a failure that could have been repeated was not, or null. */
    Builder givenUp(@Nullable String because) {
      givenUp = because;
      return this;
    }

    /** How many headers of the answer it does not tell. */
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
