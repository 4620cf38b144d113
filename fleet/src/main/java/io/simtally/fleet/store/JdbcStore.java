package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Preconditions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
  /** How many rows travel at once; only of PostgreSQL, DuckDB streams as asked when opened. */
  private static final int ROWS_AT_ONCE = 10_000;

  private static final String RECORDS =
      "select provider, subject, start_time, period_seconds, total_bytes, uplink_bytes,"
          + " downlink_bytes, source from usage_record where start_time >= ? and start_time < ?"
          + " order by provider, subject, start_time, source, total_bytes";
  private static final String DAILY =
      "select provider, subject, day, total_bytes from daily_usage"
          + " where day >= ? and day <= ? order by provider, subject, day";
  private static final String MONTHLY =
      "select provider, month, cast(sum(bytes) as bigint), count(*) from (select provider, subject,"
          + " cast(date_trunc('month', start_time at time zone 'UTC') as date) as month,"
          + " sum(total_bytes) as bytes from usage_record where start_time >= ? and start_time < ?"
          + " group by 1, 2, 3) by_subject group by provider, month order by provider, month";
  private static final String COVERAGE =
      "select provider, subject, from_time, to_time, read_at from coverage"
          + " where from_time < ? and to_time > ?";
  private static final String SETTLED =
      "select count(distinct subject) from coverage where provider = ? and from_time <= ?"
          + " and to_time >= ? and read_at >= ? and ";
  private static final String COVERAGE_ORDER = " order by provider, subject, from_time";

  private final Database database;
  private final RowMapper columns;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  /** Guarded by the lock of the database. */
  private @Nullable Connection writer;

  /** Whether a claim has been made through this store. Guarded by the lock of the database. */
  private boolean claimed;

  private volatile boolean closed;

  private JdbcStore(Database database) {
    this.database = database;
    this.columns = new RowMapper(database);
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

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
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
    Preconditions.text("provider", provider);
    var asked = List.copyOf(Preconditions.present("subjects", subjects));
    Preconditions.present("days", days);
    var covered = new ArrayList<Coverage>();
    if (!asked.isEmpty()) {
      query(
          COVERAGE + " and provider = ? and " + database.subjectIsAmong() + COVERAGE_ORDER,
          query -> {
            setSpan(query, days);
            query.setString(3, provider);
            database.setSubjects(query, 4, asked);
          },
          columns::coverage,
          each -> covered.add(cut(each, days)));
    }
    return List.copyOf(covered);
  }

  @Override
  public long settled(
      String provider, Collection<String> subjects, DayRange days, int settleAfterDays) {
    Preconditions.text("provider", provider);
    var asked = List.copyOf(Preconditions.present("subjects", subjects));
    Preconditions.present("days", days);
    var settled = new ArrayList<Long>();
    query(
        SETTLED + database.subjectIsAmong(),
        query -> {
          query.setString(1, provider);
          RowMapper.setMoment(query, 2, days.start());
          RowMapper.setMoment(query, 3, days.end());
          RowMapper.setMoment(query, 4, Coverage.settledFrom(days.to(), settleAfterDays));
          database.setSubjects(query, 5, asked);
        },
        row -> row.getLong(1),
        settled::add);
    return settled.get(0);
  }

  private static void setSpan(PreparedStatement query, DayRange days) throws SQLException {
    RowMapper.setMoment(query, 1, days.end());
    RowMapper.setMoment(query, 2, days.start());
  }

  private static Coverage cut(Coverage covered, DayRange days) {
    return new Coverage(
        covered.provider(),
        covered.subject(),
        covered.days().overlap(days).orElseThrow(),
        covered.readAt());
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
  public void records(DayRange days, Consumer<? super UsageRecord> taker) {
    Preconditions.present("days", days);
    query(RECORDS, query -> setStarts(query, days), columns::usageRecord, taker);
  }

  private static void setStarts(PreparedStatement query, DayRange days) throws SQLException {
    RowMapper.setMoment(query, 1, days.start());
    RowMapper.setMoment(query, 2, days.end());
  }

  @Override
  public void dailyUsage(DayRange days, Consumer<? super DailyUsage> taker) {
    Preconditions.present("days", days);
    query(
        DAILY,
        query -> {
          query.setObject(1, days.from());
          query.setObject(2, days.to());
        },
        columns::dailyUsage,
        taker);
  }

  @Override
  public List<MonthlyUsage> monthlyUsage(DayRange days) {
    Preconditions.present("days", days);
    var months = new ArrayList<MonthlyUsage>();
    query(MONTHLY, query -> setStarts(query, days), columns::monthlyUsage, months::add);
    return List.copyOf(months);
  }

  @Override
  public void coverage(DayRange days, Consumer<? super Coverage> taker) {
    Preconditions.present("days", days);
    Preconditions.present("taker", taker);
    query(
        COVERAGE + COVERAGE_ORDER,
        query -> setSpan(query, days),
        columns::coverage,
        each -> taker.accept(cut(each, days)));
  }

  @Override
  public void failures(Consumer<? super Failure> taker) {
    query(
        "select provider, subject, from_time, to_time, kind, message, failed_at from failure"
            + " order by provider, subject, from_time",
        query -> {},
        columns::failure,
        taker);
  }

  @Override
  public void corrections(Consumer<? super Correction> taker) {
    query(
        "select provider, subject, day, before_bytes, after_bytes, noticed_at from correction"
            + " order by provider, subject, day",
        query -> {},
        columns::correction,
        taker);
  }

  @Override
  public Optional<DayRange> days() {
    var days = new ArrayList<DayRange>();
    query(
        "select min(from_time), max(to_time) from coverage having count(*) > 0",
        query -> {},
        row -> columns.days(row, 1),
        days::add);
    return days.stream().findFirst();
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

  private <T> void query(
      String sql, Parameters parameters, Row<T> toRow, Consumer<? super T> taker) {
    Preconditions.present("taker", taker);
    requireOpen();
    Connection connection = null;
    var done = false;
    try {
      connection = idle.poll();
      if (connection == null) {
        connection = connect();
      }
      try (var query = database.prepare(connection, sql)) {
        query.setFetchSize(ROWS_AT_ONCE);
        parameters.in(query);
        try (var row = query.executeQuery()) {
          while (row.next()) {
            taker.accept(toRow.of(row));
          }
        }
      }
      connection.commit();
      done = true;
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
