package io.simtally.fleet.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** What differs between the databases that a {@link JdbcStore} can be in. Thread-safe. */
interface Database extends AutoCloseable {
  /** The table of what the carriers said. */
  String RECORDS = "usage_record";

  /** What people call it in a message: no credential. */
  String name();

  /** Another connection to it, of one thread at a time. */
  Connection connect() throws SQLException;

  /** Held by whoever writes, in this process. */
  Lock writing();

  /**
   * Begins a transaction in which nobody else, in this process or another, writes the same: the
   * first statement of each that writes.
   */
  void serialize(Connection connection, Set<String> names) throws SQLException;

  /** Which of these tables and views are there. */
  Set<String> existing(Connection connection, Set<String> tables) throws SQLException;

  /** Whether there is anything of another program that a store must not be put beside. */
  boolean isOccupied(Connection connection) throws SQLException;

  /** The type of a text, so that it is ordered by its code points. */
  String textType();

  /** What makes single subjects quick to find, or nothing. */
  List<String> indexes();

  /** A condition: the subject is one of those that are its only parameter. */
  String subjectIsAmong();

  /** Sets the parameter of {@link #subjectIsAmong}. */
  void setSubjects(PreparedStatement query, int parameter, Collection<String> subjects)
      throws SQLException;

  /** A moment of a row. */
  Instant moment(ResultSet row, int column) throws SQLException;

  /** Writes rows into a table, all its columns in order, within the transaction. */
  RowWriter into(Connection connection, String table) throws SQLException;

  /** Writes records, within the transaction. */
  default RecordWriter records(Connection connection) throws SQLException {
    return RecordWriter.of(into(connection, RECORDS));
  }

  /** What a failure means, if it is one that people should hear about in plain words. */
  @Nullable String inPlainWords(SQLException failure);

  /** What a failure says, as far as anybody may read it. */
  String ownWords(SQLException failure);

  @Override
  void close() throws SQLException;
}
