package io.simtally.core.internal.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A success whose body arrived, or would have, but is of no use; another would be the same. */
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

  /** OkHttp threw what it declares nowhere: the answer is not HTTP. */
  public static UnreadableBodyException noHttp(RuntimeException cause) {
    return new UnreadableBodyException(
        "the answer cannot be read as HTTP: " + cause.getMessage(), cause);
  }
}
