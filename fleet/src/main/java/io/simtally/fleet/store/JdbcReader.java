package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.UsageRecord;
import io.simtally.core.internal.Preconditions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The queries of a store, in the transaction of one connection. For one thread. */
final class JdbcReader implements UsageReader {
  /** Rows per fetch from PostgreSQL. DuckDB streams by a setting of the connection. */
  private static final int ROWS_AT_ONCE = 10_000;

  private static final String RECORDS =
      "select provider, subject, start_time, period_seconds, total_bytes, uplink_bytes,"
          + " downlink_bytes, source from usage_record where start_time >= ? and start_time < ?"
          + " order by provider, subject, start_time, source, total_bytes";
  // Sums as text: they may exceed a bigint. The view daily_usage would fail without a name then.
  private static final String DAILY =
      "select provider, subject, cast(start_time at time zone 'UTC' as date) as day,"
          + " cast(sum(total_bytes) as varchar) from usage_record"
          + " where start_time >= ? and start_time < ?"
          + " group by 1, 2, 3 order by provider, subject, day";
  private static final String MONTHLY =
      "select provider, month, cast(sum(bytes) as varchar), count(*) from (select provider,"
          + " subject, cast(date_trunc('month', start_time at time zone 'UTC') as date) as month,"
          + " sum(total_bytes) as bytes from usage_record where start_time >= ? and start_time < ?"
          + " group by 1, 2, 3) by_subject group by provider, month order by provider, month";
  private static final String COVERAGE =
      "select provider, subject, from_time, to_time, read_at from coverage"
          + " where from_time < ? and to_time > ?";
  private static final String COVERAGE_ORDER = " order by provider, subject, from_time";
  private static final String SETTLED =
      "select count(distinct subject) from coverage where provider = ? and from_time <= ?"
          + " and to_time >= ? and read_at >= ? and ";

  private final Database database;
  private final Connection connection;
  private final RowMapper rows;

  JdbcReader(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
    this.rows = new RowMapper(database);
  }

  /**
   * Starts a transaction that sees the store as it is now, until it is closed.
   *
   * @param connection a connection of its own, without autocommit
   */
  static JdbcReader snapshot(Database database, Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    // Both databases take the snapshot at the first statement that reads a table.
    try (var first = database.prepare(connection, "select version from " + Schema.MARK);
        var row = first.executeQuery()) {
      row.next();
    }
    return new JdbcReader(database, connection);
  }

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
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
          rows::coverage,
          each -> covered.add(cut(each, days)));
    }
    return List.copyOf(covered);
  }

  /** See {@link UsageStore#settled}. */
  long settled(String provider, Collection<String> subjects, DayRange days, int settleAfterDays) {
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
  public void records(DayRange days, Consumer<? super UsageRecord> taker) {
    Preconditions.present("days", days);
    query(RECORDS, query -> setStarts(query, days), rows::usageRecord, taker);
  }

  private static void setStarts(PreparedStatement query, DayRange days) throws SQLException {
    RowMapper.setMoment(query, 1, days.start());
    RowMapper.setMoment(query, 2, days.end());
  }

  @Override
  public void dailyUsage(DayRange days, Consumer<? super DailyUsage> taker) {
    Preconditions.present("days", days);
    query(DAILY, query -> setStarts(query, days), rows::dailyUsage, taker);
  }

  @Override
  public List<MonthlyUsage> monthlyUsage(DayRange days) {
    Preconditions.present("days", days);
    var months = new ArrayList<MonthlyUsage>();
    query(MONTHLY, query -> setStarts(query, days), rows::monthlyUsage, months::add);
    return List.copyOf(months);
  }

  @Override
  public void coverage(DayRange days, Consumer<? super Coverage> taker) {
    Preconditions.present("days", days);
    Preconditions.present("taker", taker);
    query(
        COVERAGE + COVERAGE_ORDER,
        query -> setSpan(query, days),
        rows::coverage,
        each -> taker.accept(cut(each, days)));
  }

  @Override
  public void failures(Consumer<? super Failure> taker) {
    query(
        "select provider, subject, from_time, to_time, kind, message, failed_at from failure"
            + " order by provider, subject, from_time",
        query -> {},
        rows::failure,
        taker);
  }

  @Override
  public void corrections(Consumer<? super Correction> taker) {
    query(
        "select provider, subject, day, before_bytes, after_bytes, noticed_at from correction"
            + " order by provider, subject, day",
        query -> {},
        rows::correction,
        taker);
  }

  @Override
  public Optional<DayRange> days() {
    var days = new ArrayList<DayRange>();
    query(
        "select min(from_time), max(to_time) from coverage having count(*) > 0",
        query -> {},
        row -> rows.days(row, 1),
        days::add);
    return days.stream().findFirst();
  }

  private <T> void query(
      String sql, JdbcStore.Parameters parameters, Row<T> toRow, Consumer<? super T> taker) {
    Preconditions.present("taker", taker);
    try (var query = database.prepare(connection, sql)) {
      query.setFetchSize(ROWS_AT_ONCE);
      parameters.in(query);
      try (var row = query.executeQuery()) {
        while (row.next()) {
          taker.accept(toRow.of(row));
        }
      }
    } catch (SQLException e) {
      throw JdbcStore.failure(database, "cannot be read", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // A transaction that only reads leaves nothing to undo.
    }
  }
}
