package io.simtally.fleet.store.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A writer of many rows into one table. Rows may be buffered until {@link #close}. */
public interface RowWriter extends AutoCloseable {
  RowWriter beginRow() throws SQLException;

  RowWriter text(@Nullable String value) throws SQLException;

  RowWriter number(@Nullable Long value) throws SQLException;

  RowWriter moment(Instant value) throws SQLException;

  RowWriter day(LocalDate value) throws SQLException;

  void endRow() throws SQLException;

  @Override
  void close() throws SQLException;
}
