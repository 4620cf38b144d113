package io.simtally.core.internal;

import java.io.IOException;

/** A page that promises more leads nowhere new. Thrown by decoders. */
public final class PagingStalledException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Ends the iteration.
   *
   * @param message what is wrong with the page
   */
  public PagingStalledException(String message) {
    super(message);
  }
}
