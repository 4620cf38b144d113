package io.simtally.core.internal;

import java.io.IOException;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** No token is available: the request itself was not sent. */
public final class LoginFailureException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A response of the token endpoint.
   *
   * @param status the HTTP status
   * @param headers the headers, or none if they may contain a token
   * @param body the beginning of the body, or empty if it may contain a token
   */
  public record Answer(int status, Headers headers, String body) {}

  private final transient @Nullable Answer answer;

  /** Whether the provider refused the credentials. */
  private final boolean refused;

  private LoginFailureException(
      String message, @Nullable Answer answer, boolean refused, @Nullable Throwable cause) {
    super(message, cause);
    this.answer = answer;
    this.refused = refused;
  }

  /**
   * Returns the failure of refused credentials: another request with them fails as well.
   *
   * @param message the reason, without credentials
   * @param answer the response, or null if there was none
   * @return a new failure
   */
  public static LoginFailureException refused(String message, @Nullable Answer answer) {
    return new LoginFailureException(message, answer, true, null);
  }

  /**
   * Returns the failure of a response without a token.
   *
   * @param message the reason, without credentials
   * @param answer the response
   * @return a new failure
   */
  public static LoginFailureException answered(String message, Answer answer) {
    return new LoginFailureException(message, answer, false, null);
  }

  /**
   * Returns the failure of a request without a response, or of a failed token source.
   *
   * @param message the reason, without credentials
   * @param cause the cause; an {@link IOException} if a retry may help
   * @return a new failure
   */
  public static LoginFailureException unanswered(String message, Throwable cause) {
    return new LoginFailureException(message, null, false, cause);
  }

  /** {@return a copy of the failure for another caller, with its own stack trace} */
  public LoginFailureException again() {
    return new LoginFailureException(String.valueOf(getMessage()), answer, refused, getCause());
  }

  /** {@return the response of the token endpoint, or null} */
  public @Nullable Answer answer() {
    return answer;
  }

  /** {@return whether the provider refused the credentials} */
  public boolean isRefused() {
    return refused;
  }
}
