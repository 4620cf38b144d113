package io.simtally.core.internal;

import java.io.IOException;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** No token could be had: the request itself was not sent. */
public final class LoginFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the token endpoint answered. */
  public record Answer(int status, Headers headers, String body) {}

  private final transient @Nullable Answer answer;
  private final boolean refused;

  private LoginFailure(
      String message, @Nullable Answer answer, boolean refused, @Nullable Throwable cause) {
    super(message, cause);
    this.answer = answer;
    this.refused = refused;
  }

  /** The credentials themselves were refused: asking again with the same ones is no use. */
  public static LoginFailure refused(String message, @Nullable Answer answer) {
    return new LoginFailure(message, answer, true, null);
  }

  /** The token endpoint answered, but not with a token. */
  public static LoginFailure answered(String message, Answer answer) {
    return new LoginFailure(message, answer, false, null);
  }

  /** The token endpoint could not be reached, or what stands for it failed. */
  public static LoginFailure unanswered(String message, Throwable cause) {
    return new LoginFailure(message, null, false, cause);
  }

  /** The same failure for another caller, with a stack trace of its own. */
  public LoginFailure again() {
    return new LoginFailure(String.valueOf(getMessage()), answer, refused, getCause());
  }

  public @Nullable Answer answer() {
    return answer;
  }

  public boolean isRefused() {
    return refused;
  }
}
