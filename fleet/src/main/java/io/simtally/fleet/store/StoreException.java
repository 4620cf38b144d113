package io.simtally.fleet.store;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot be opened, read or written. The message is one line for people; neither it nor
 * the cause holds a password. What a transaction had begun is undone; what was written before
 * stays.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * A failure of a store.
   *
   * @param message which store and what happened, in one line, without a credential
   * @param cause what the database's driver threw, or null
   */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
