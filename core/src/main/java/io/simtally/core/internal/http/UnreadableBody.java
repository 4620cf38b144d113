package io.simtally.core.internal.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A success whose body arrived, or would have, but is of no use; another would be the same. */
public final class UnreadableBody extends IOException {
  private static final long serialVersionUID = 1L;

  private UnreadableBody(String message, @Nullable Exception cause) {
    super(message, cause);
  }

  public static UnreadableBody tooLarge(long maxBodyBytes) {
    return new UnreadableBody("the answer is larger than maxBodyBytes, " + maxBodyBytes, null);
  }

  public static UnreadableBody noGzip(IOException cause) {
    return new UnreadableBody("the answer is not the gzip that it is called", cause);
  }

  public static UnreadableBody lengthBelowZero() {
    return new UnreadableBody("the answer cannot be read as HTTP: its length is below zero", null);
  }

  /** OkHttp threw what it declares nowhere: the answer is not HTTP. */
  public static UnreadableBody noHttp(RuntimeException cause) {
    return new UnreadableBody("the answer cannot be read as HTTP: " + cause.getMessage(), cause);
  }
}
