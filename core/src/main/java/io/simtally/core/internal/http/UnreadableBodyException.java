package io.simtally.core.internal.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body of a success cannot be read. A retry would return the same body. */
public final class UnreadableBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private UnreadableBodyException(String message, @Nullable Exception cause) {
    super(message, cause);
  }

  public static UnreadableBodyException tooLarge(long maxBodyBytes) {
    return new UnreadableBodyException(
        "the answer is larger than maxBodyBytes, " + maxBodyBytes, null);
  }

  public static UnreadableBodyException noGzip(IOException cause) {
    return new UnreadableBodyException("the answer is not the gzip that it is called", cause);
  }

  public static UnreadableBodyException lengthBelowZero() {
    return new UnreadableBodyException(
        "the answer cannot be read as HTTP: its length is below zero", null);
  }

  /** Returns the exception of an undeclared exception of OkHttp: the answer is not HTTP. */
  public static UnreadableBodyException noHttp(RuntimeException cause) {
    return new UnreadableBodyException(
        "the answer cannot be read as HTTP: " + cause.getMessage(), cause);
  }
}
