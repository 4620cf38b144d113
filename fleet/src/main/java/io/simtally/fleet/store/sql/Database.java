package io.simtally.fleet.store.sql;

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

/** The differences between the databases that a store supports. Thread-safe. */
public interface Database extends AutoCloseable {
  /** The table of the usage records. */
  String RECORDS = "usage_record";

  /** The table of the usage records of other sources, which no total counts. */
  String UNCOUNTED = "uncounted_record";

  /** Returns the name of the store for messages, without a credential. */
  String name();

  /** Opens a connection, which one thread at a time may use. */
  Connection connect() throws SQLException;

  /** Returns whether the store must not be written. */
  boolean isReadOnly();

  /** Returns the lock that a thread of this process holds while it writes. */
  Lock writing();

  /**
   * Begins a transaction and waits until no other transaction, of this process or another, holds
   * one of the names. Must be the first statement of each transaction that writes.
   */
  void serialize(Connection connection, Set<String> names) throws SQLException;

  /** Returns a statement in which the tables of the store are named unambiguously. */
  default String sql(String statement) {
    return statement;
  }

  /** Prepares a statement about tables of the store. */
  default PreparedStatement prepare(Connection connection, String statement) throws SQLException {
    return connection.prepareStatement(sql(statement));
  }

  /** Executes a statement about tables of the store. */
  default void execute(Connection connection, String statement) throws SQLException {
    try (var each = connection.createStatement()) {
      each.execute(sql(statement));
    }
  }

  /** Returns those of the tables and views that exist. */
  Set<String> existing(Connection connection, Set<String> tables) throws SQLException;

  /** Returns whether another program uses the database so that no store may be created in it. */
  boolean isOccupied(Connection connection) throws SQLException;

  /** Returns the type of a text column that is ordered by code points. */
  String textType();

  /** Returns the statements that create the indexes. */
  List<String> indexes();

  /**
   * Returns the statements that add a column to a table with rows, and give the table the columns
   * of the current schema.
   *
   * @param value the value of each row, an expression of its other columns
   */
  List<String> withColumn(String table, String column, String value);

  /** Gives the roles with rights on a table the same rights on other tables and views. */
  void copyRights(Connection connection, String table, Collection<String> others)
      throws SQLException;

  /**
   * Returns an expression that makes one row for each day of a range, to be selected.
   *
   * @param from the first day, an expression
   * @param to the last day, an expression
   */
  String eachDay(String from, String to);

  /**
   * Plans the statements of this transaction without nested loops, for joins of which the database
   * underestimates the rows. Does nothing by default.
   */
  default void avoidNestedLoops(Connection connection) throws SQLException {}

  /** Returns a condition on the subject, with one parameter. */
  String subjectIsAmong();

  /** Sets the parameter of {@link #subjectIsAmong}. */
  void setSubjects(PreparedStatement query, int parameter, Collection<String> subjects)
      throws SQLException;

  /** Returns an expression for the UTC day of a timestamp, counted from 1970-01-01. */
  String epochDay(String timestamp);

  /** Returns an expression of a text whose minimum and maximum differ if the texts differ. */
  String comparable(String text);

  /** Returns an expression for a null with the type and the order of the text columns. */
  String nullText();

  /** Reads a timestamp of a row. */
  Instant moment(ResultSet row, int column) throws SQLException;

  /** Returns a writer of rows with {@linkplain Schema#columns all columns} of a table. */
  RowWriter into(Connection connection, String table) throws SQLException;

  /** Returns a writer into a table of usage records, within the transaction. */
  default RecordWriter records(Connection connection, String table) throws SQLException {
    return RecordWriter.of(into(connection, table));
  }

  /**
   * Returns a query of the same records in the same order, whose rows may have nulls instead of
   * {@code provider}, {@code account}, {@code subject} and {@code source} if all four are those of
   * the row before.
   *
   * @param records an ordered query of all columns of {@link #RECORDS}
   */
  default String withoutRepeatedTexts(String records) {
    return records;
  }

  /** Returns the explanation of a failure for people, or null if the driver's own words serve. */
  @Nullable String inPlainWords(SQLException failure);

  /** Returns the driver's own words for a failure, without a credential. */
  String ownWords(SQLException failure);

  @Override
  void close() throws SQLException;
}
