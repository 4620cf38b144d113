package io.simtally.core.internal;

import java.io.IOException;

/** A page promises more rows but names no new page. Thrown by decoders. */
public final class PagingStalledException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the reason
   */
  public PagingStalledException(String message) {
    super(message);
  }
}
