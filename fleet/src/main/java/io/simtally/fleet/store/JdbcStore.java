package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Preconditions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A store in an SQL database. One connection writes, and each query has a connection of its own.
 */
final class JdbcStore implements UsageStore {
  private final Database database;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  /** Guarded by the lock of the database. */
  private @Nullable Connection writer;

  /** Whether a claim has been made through this store. Guarded by the lock of the database. */
  private boolean claimed;

  private volatile boolean closed;

  private JdbcStore(Database database) {
    this.database = database;
  }

  static UsageStore open(Database database) {
    var store = new JdbcStore(database);
    try {
      store.transaction(
          "cannot be opened",
          Set.of(Schema.MARK),
          connection -> Schema.require(database, connection));
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
    return store;
  }

  private interface Work {
    void in(Connection connection) throws SQLException;
  }

  interface Parameters {
    void in(PreparedStatement query) throws SQLException;
  }

  private interface Query<T> {
    T with(JdbcReader reader);
  }

  @Override
  public Optional<Origin> origin() {
    var origin = new ArrayList<Origin>(1);
    transaction(
        "cannot be read",
        Set.of(),
        connection -> new OriginMark(database, connection).read().ifPresent(origin::add));
    return origin.stream().findFirst();
  }

  @Override
  public void claim(Origin origin) {
    Preconditions.present("origin", origin);
    database.writing().lock();
    try {
      transaction(
          "cannot be written",
          Set.of(Schema.MARK),
          connection -> new OriginMark(database, connection).claim(origin));
      claimed = true;
    } finally {
      database.writing().unlock();
    }
  }

  @Override
  public void begin(String provider, Instant at) {
    Preconditions.text("provider", provider);
    Preconditions.present("at", at);
    write(
        Set.of(provider),
        connection -> {
          var ended = "delete from sync_run where provider = ? and ended_at is not null";
          if (update(connection, ended, provider) > 0 || !hasRun(connection, provider)) {
            update(connection, "delete from correction where provider = ?", provider);
            insertRun(connection, provider, at);
          }
        });
  }

  private int update(Connection connection, String sql, String provider) throws SQLException {
    try (var update = database.prepare(connection, sql)) {
      update.setString(1, provider);
      return update.executeUpdate();
    }
  }

  private void insertRun(Connection connection, String provider, Instant at) throws SQLException {
    try (var insert = database.prepare(connection, "insert into sync_run values (?, ?, null)")) {
      insert.setString(1, provider);
      RowMapper.setMoment(insert, 2, at);
      insert.executeUpdate();
    }
  }

  private boolean hasRun(Connection connection, String provider) throws SQLException {
    try (var query = database.prepare(connection, "select 1 from sync_run where provider = ?")) {
      query.setString(1, provider);
      try (var row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public void end(String provider, Instant at) {
    Preconditions.text("provider", provider);
    Preconditions.present("at", at);
    write(
        Set.of(provider),
        connection -> {
          try (var end =
              database.prepare(connection, "update sync_run set ended_at = ? where provider = ?")) {
            RowMapper.setMoment(end, 1, at);
            end.setString(2, provider);
            end.executeUpdate();
          }
        });
  }

  @Override
  public List<Coverage> coverage(String provider, Collection<String> subjects, DayRange days) {
    return read(reader -> reader.coverage(provider, subjects, days));
  }

  @Override
  public long settled(
      String provider, Collection<String> subjects, DayRange days, int settleAfterDays) {
    return read(reader -> reader.settled(provider, subjects, days, settleAfterDays));
  }

  @Override
  public void write(List<Reading> readings, int settleAfterDays) {
    var batches = ReadingBatch.of(List.copyOf(Preconditions.present("readings", readings)));
    if (settleAfterDays < 0) {
      throw new IllegalArgumentException("settleAfterDays is negative: " + settleAfterDays);
    }
    write(
        batches.stream().map(ReadingBatch::provider).collect(Collectors.toSet()),
        connection -> {
          for (var batch : batches) {
            new BatchWrite(database, connection, batch, settleAfterDays).run();
          }
        });
  }

  @Override
  public void writeFailures(List<Failure> failures) {
    var given = List.copyOf(Preconditions.present("failures", failures));
    write(
        given.stream().map(Failure::provider).collect(Collectors.toSet()),
        connection -> new FailureRows(database, connection).write(given));
  }

  @Override
  public void removeAccountFailures(String provider, List<DayRange> days) {
    Preconditions.text("provider", provider);
    var given = List.copyOf(Preconditions.present("days", days));
    if (!given.isEmpty()) {
      write(
          Set.of(provider),
          connection -> new FailureRows(database, connection).removeOfAccount(provider, given));
    }
  }

  @Override
  public UsageReader snapshot() {
    requireOpen();
    try {
      var connection = connect();
      try {
        return JdbcReader.snapshot(database, connection);
      } catch (SQLException | RuntimeException | Error e) {
        giveUp(connection);
        throw e;
      }
    } catch (SQLException e) {
      throw failure(database, "cannot be read", e);
    }
  }

  @Override
  public void records(DayRange days, Consumer<? super UsageRecord> taker) {
    readEach(reader -> reader.records(days, taker));
  }

  @Override
  public void dailyUsage(DayRange days, Consumer<? super DailyUsage> taker) {
    readEach(reader -> reader.dailyUsage(days, taker));
  }

  @Override
  public List<MonthlyUsage> monthlyUsage(DayRange days) {
    return read(reader -> reader.monthlyUsage(days));
  }

  @Override
  public void coverage(DayRange days, Consumer<? super Coverage> taker) {
    readEach(reader -> reader.coverage(days, taker));
  }

  @Override
  public void failures(Consumer<? super Failure> taker) {
    readEach(reader -> reader.failures(taker));
  }

  @Override
  public void corrections(Consumer<? super Correction> taker) {
    readEach(reader -> reader.corrections(taker));
  }

  @Override
  public Optional<DayRange> days() {
    return read(JdbcReader::days);
  }

  /** Writes within a transaction. Without a claim the figures count as real. */
  private void write(Set<String> serialized, Work work) {
    database.writing().lock();
    try {
      if (!claimed) {
        claim(Origin.REAL);
      }
      transaction("cannot be written", serialized, work);
    } finally {
      database.writing().unlock();
    }
  }

  private void transaction(String failing, Set<String> serialized, Work work) {
    database.writing().lock();
    try {
      requireOpen();
      var connection = writer == null ? connect() : writer;
      // Set again at the end: after a failure the next transaction opens a new connection.
      writer = null;
      try {
        database.serialize(connection, serialized);
        work.in(connection);
        connection.commit();
        writer = connection;
      } finally {
        if (writer == null) {
          giveUp(connection);
        }
      }
    } catch (SQLException e) {
      throw failure(database, failing, e);
    } finally {
      database.writing().unlock();
    }
  }

  /** Closes a connection after a rollback. */
  private static void giveUp(Connection connection) {
    try (connection) {
      connection.rollback();
    } catch (SQLException lost) {
      // The first failure is thrown already, and the database rolls back a lost connection.
    }
  }

  private void readEach(Consumer<JdbcReader> query) {
    read(
        reader -> {
          query.accept(reader);
          return true;
        });
  }

  private <T> T read(Query<T> query) {
    requireOpen();
    Connection connection = null;
    var done = false;
    try {
      connection = idle.poll();
      if (connection == null) {
        connection = connect();
      }
      var result = query.with(new JdbcReader(database, connection));
      connection.commit();
      done = true;
      return result;
    } catch (SQLException e) {
      throw failure(database, "cannot be read", e);
    } finally {
      if (connection != null && (!done || closed)) {
        giveUp(connection);
      } else if (connection != null) {
        idle.add(connection);
      }
    }
  }

  private Connection connect() throws SQLException {
    var connection = database.connect();
    connection.setAutoCommit(false);
    return connection;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
  }

  /** Returns an exception with one line for people, without SQL and credentials. */
  static StoreException failure(Database database, String failing, SQLException cause) {
    var plain = database.inPlainWords(cause);
    var words = database.ownWords(cause).lines().findFirst().orElse("");
    return new StoreException(
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

  /** Returns the name of the store, without a credential. */
  @Override
  public String toString() {
    return database.name();
  }

  @Override
  public void close() {
    database.writing().lock();
    try (database) {
      closed = true;
      for (var each = idle.poll(); each != null; each = idle.poll()) {
        each.close();
      }
      if (writer != null) {
        writer.close();
      }
    } catch (SQLException e) {
      // No transaction is open, and committed rows stay.
    } finally {
      writer = null;
      database.writing().unlock();
    }
  }
}
