package io.simtally.fleet.store.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a database in words for people: one line with the name of the store, without SQL and
 * without a credential.
 */
public final class RefusalException extends SQLException {
  private static final long serialVersionUID = 1;

  private RefusalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Returns the failure of a store for a reason that no driver reports. */
  public static RefusalException of(String store, String reason) {
    return new RefusalException("the store " + store + " " + reason, null);
  }

  /**
   * Returns the failure of a statement.
   *
   * @param failing what failed, for example {@code cannot be read}
   */
  public static RefusalException of(Database database, String failing, SQLException cause) {
    if (cause instanceof RefusalException refusal) {
      return refusal;
    }
    var plain = database.inPlainWords(cause);
    var words = database.ownWords(cause).lines().findFirst().orElse("");
    return new RefusalException(
        "the store " + database.name() + " " + (plain != null ? plain : failing + ": " + words),
        isSafe(database, cause) ? cause : null);
  }

  /** Returns whether no message of a failure and of its causes holds a credential. */
  private static boolean isSafe(Database database, SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      var words = String.valueOf(cause.getMessage());
      if (!database.ownWords(new SQLException(words)).equals(words)) {
        return false;
      }
    }
    return true;
  }
}
