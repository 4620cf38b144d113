package io.simtally.fleet.store;

import io.simtally.fleet.store.sql.RefusalException;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a store to be opened, read or written. The message is one line for people, and
 * neither it nor the cause holds a password. A failed write leaves the store unchanged.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message the store and the failure, in one line, without a credential
   * @param cause the exception of the database's driver, or null
   */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static StoreException of(RefusalException refusal) {
    return new StoreException(String.valueOf(refusal.getMessage()), refusal.getCause());
  }
}
