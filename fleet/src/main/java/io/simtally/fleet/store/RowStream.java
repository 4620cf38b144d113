package io.simtally.fleet.store;

import io.simtally.fleet.store.sql.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of a query, read as the stream asks for them. The last row closes the statement. */
final class RowStream<T> extends AbstractSpliterator<T> implements AutoCloseable {
  private final Database database;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final Row<T> toRow;
  private final Runnable release;
  private boolean closed;

  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private RowStream(Database database, PreparedStatement statement, Row<T> toRow, Runnable release)
      throws SQLException {
    super(Long.MAX_VALUE, ORDERED | NONNULL | IMMUTABLE);
    this.database = database;
    this.statement = statement;
    this.toRow = toRow;
    this.release = release;
    this.rows = statement.executeQuery();
  }

  /**
   * Executes a query. The statement is closed after the last row, or with the stream.
   *
   * @param release runs once, after the statement is closed, also if the query fails
   */
  static <T> Stream<T> of(
      Database database, PreparedStatement statement, Row<T> toRow, Runnable release)
      throws SQLException {
    try {
      var rows = new RowStream<>(database, statement, toRow, release);
      return StreamSupport.stream(rows, false).onClose(rows::close);
    } catch (SQLException | RuntimeException | Error e) {
      statement.close();
      throw e;
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    if (closed) {
      return false;
    }
    var row = next();
    if (row == null) {
      close();
      return false;
    }
    action.accept(row);
    return true;
  }

  private @Nullable T next() {
    try {
      return rows.next() ? toRow.of(rows) : null;
    } catch (SQLException e) {
      close();
      throw JdbcStore.failure(database, "cannot be read", e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      statement.close();
    } catch (SQLException e) {
      // A query leaves nothing to undo.
    } finally {
      release.run();
    }
  }
}
