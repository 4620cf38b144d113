package io.simtally.core.internal;

import java.io.IOException;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** No token could be had: the request itself was not sent. */
public final class LoginFailureException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * What the token endpoint answered.
   *
   * @param status the HTTP status
   * @param headers the headers, or none if they may hold a token
   * @param body the beginning of the body, or nothing if it may hold a token
   */
  public record Answer(int status, Headers headers, String body) {}

  private final transient @Nullable Answer answer;

  /** Whether the credentials themselves were refused. */
  private final boolean refused;

  private LoginFailureException(
      String message, @Nullable Answer answer, boolean refused, @Nullable Throwable cause) {
    super(message, cause);
    this.answer = answer;
    this.refused = refused;
  }

  /**
   * The credentials themselves were refused: asking again with the same ones is no use.
   *
   * @param message what happened, without any credential
   * @param answer what refused them, or null if it was no answer
   * @return the failure, not thrown yet
   */
  public static LoginFailureException refused(String message, @Nullable Answer answer) {
    return new LoginFailureException(message, answer, true, null);
  }

  /**
   * The token endpoint answered, but not with a token.
   *
   * @param message what happened, without any credential
   * @param answer what it answered
   * @return the failure, not thrown yet
   */
  public static LoginFailureException answered(String message, Answer answer) {
    return new LoginFailureException(message, answer, false, null);
  }

  /**
   * The token endpoint could not be reached, or what stands for it failed.
   *
   * @param message what happened, without any credential
   * @param cause an {@link IOException} if another try may help
   * @return the failure, not thrown yet
   */
  public static LoginFailureException unanswered(String message, Throwable cause) {
    return new LoginFailureException(message, null, false, cause);
  }

  /** {@return the same failure for another caller, with a stack trace of its own} */
  public LoginFailureException again() {
    return new LoginFailureException(String.valueOf(getMessage()), answer, refused, getCause());
  }

  /** {@return what the token endpoint answered, or null if there was no answer} */
  public @Nullable Answer answer() {
    return answer;
  }

  /** {@return whether the credentials themselves were refused} */
  public boolean isRefused() {
    return refused;
  }
}
