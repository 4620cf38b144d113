package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.core.internal.Preconditions;
import io.simtally.fleet.store.Selection.Part;
import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.Schema;
import io.simtally.fleet.store.sql.UsageSums;
import io.simtally.fleet.store.sum.DayTotal;
import io.simtally.fleet.store.sum.SubjectDayTotal;
import io.simtally.fleet.store.sum.SubjectUsage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The queries of a store, in the transaction of one connection. For one thread. */
final class JdbcReader implements UsageReader {
  private static final String RECORDS =
      ", subject, source, start_time, period_seconds, total_bytes, uplink_bytes, downlink_bytes from ";
  private static final String RECORD_ORDER =
      " order by provider, account, subject, start_time, source, total_bytes";
  private static final String BY_DAY =
      " group by 1, 2, 3, 4 order by provider, account, subject, day";
  private static final String BY_MONTH =
      " group by 1, 2, 3, 4) by_subject group by provider, account, month"
          + " order by provider, account, month";
  private static final String COVERAGE =
      "select provider, account, subject, from_time, to_time, read_at from coverage";
  private static final String RANGE_ORDER = " order by provider, account, subject, from_time";
  private static final String KEY = " where provider = ? and account = ?";
  private static final String SETTLED =
      "select count(distinct subject) from coverage"
          + KEY
          + " and from_time <= ? and to_time >= ? and read_at >= ? and ";
  private static final String ACCOUNTS =
      "select each.provider, each.account, first_read_at, begun_at from account each"
          + " left join sync_run run on run.provider = each.provider and run.account = each.account"
          + " order by each.provider, each.account";

  private final Database database;
  private final Connection connection;
  private final RowMapper rows;
  private final Runnable release;

  /**
   * Creates a reader.
   *
   * @param release runs when a stream of the reader is closed
   */
  JdbcReader(Database database, Connection connection, Runnable release) {
    this.database = database;
    this.connection = connection;
    this.rows = new RowMapper(database);
    this.release = release;
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
    return new JdbcReader(database, connection, () -> {});
  }

  @Override
  public List<Coverage> coverage(
      String provider, String account, Collection<String> subjects, DayRange days) {
    Preconditions.text("provider", provider);
    Preconditions.text("account", account);
    var asked = List.copyOf(Preconditions.present("subjects", subjects));
    var query = UsageQuery.days(days);
    if (asked.isEmpty()) {
      return List.of();
    }
    return list(
        COVERAGE
            + KEY
            + " and from_time < ? and to_time > ? and "
            + database.subjectIsAmong()
            + RANGE_ORDER,
        statement -> {
          statement.setString(1, provider);
          statement.setString(2, account);
          RowMapper.setMoment(statement, 3, days.end());
          RowMapper.setMoment(statement, 4, days.start());
          database.setSubjects(statement, 5, asked);
        },
        row -> cut(rows.coverage(row), query));
  }

  /** See {@link UsageStore#settled}. */
  long settled(
      String provider,
      String account,
      Collection<String> subjects,
      DayRange days,
      int settleAfterDays) {
    Preconditions.text("provider", provider);
    Preconditions.text("account", account);
    var asked = List.copyOf(Preconditions.present("subjects", subjects));
    Preconditions.present("days", days);
    return list(
            SETTLED + database.subjectIsAmong(),
            statement -> {
              statement.setString(1, provider);
              statement.setString(2, account);
              RowMapper.setMoment(statement, 3, days.start());
              RowMapper.setMoment(statement, 4, days.end());
              RowMapper.setMoment(statement, 5, Coverage.settledFrom(days.to(), settleAfterDays));
              database.setSubjects(statement, 6, asked);
            },
            row -> row.getLong(1))
        .get(0);
  }

  private static Coverage cut(Coverage covered, UsageQuery query) {
    return new Coverage(
        covered.provider(),
        covered.account(),
        covered.subject(),
        Selection.cut(covered.days(), query),
        covered.readAt());
  }

  @Override
  public Stream<StoredRecord> usageRecords(UsageQuery query) {
    return records(query, Selection.ofStarts(query), Database.RECORDS);
  }

  @Override
  public Stream<StoredRecord> uncountedRecords(UsageQuery query) {
    return records(query, Selection.ofStarts(query), Database.UNCOUNTED);
  }

  private Stream<StoredRecord> records(UsageQuery query, Selection selection, String table) {
    refuseAsOf(query, "usage records");
    var records = rows.keys(query) + RECORDS + table + selection.where() + RECORD_ORDER;
    var sql = database.withoutRepeatedTexts(records);
    return stream(
        in -> Selection.prepare(database, in, sql, selection.parameters()),
        rows.usageRecords(query));
  }

  @Override
  public Stream<DailyUsage> dailyUsage(UsageQuery query) {
    if (query.asOf().isPresent()) {
      return stream(asOf(query)::dailyUsage, rows::dailyUsage);
    }
    return stream(Selection.ofStarts(query), daily(), BY_DAY, rows::dailyUsage);
  }

  @Override
  public Stream<DailyUsage> dailyUsage(
      String provider, String account, Collection<String> subjects, DayRange days) {
    Preconditions.text("provider", provider);
    Preconditions.text("account", account);
    var asked = List.copyOf(Preconditions.present("subjects", subjects));
    Preconditions.present("days", days);
    try {
      var statement =
          database.prepare(
              connection,
              daily()
                  + KEY
                  + " and start_time >= ? and start_time < ? and "
                  + database.subjectIsAmong()
                  + BY_DAY);
      statement.setString(1, provider);
      statement.setString(2, account);
      RowMapper.setMoment(statement, 3, days.start());
      RowMapper.setMoment(statement, 4, days.end());
      database.setSubjects(statement, 5, asked);
      return RowStream.of(database, statement, rows::dailyUsage, release);
    } catch (SQLException e) {
      throw JdbcStore.failure(database, "cannot be read", e);
    }
  }

  @Override
  public Stream<String> subjects(UsageQuery query) {
    refuseAsOf(query, "subjects");
    return stream(
        Selection.ofStarts(query),
        "select subject from usage_record",
        " group by provider, account, subject order by provider, account, subject",
        row -> row.getString(1));
  }

  /**
   * Sums as text: they may exceed a bigint. The view daily_usage would fail without a name then.
   */
  private String daily() {
    return "select provider, account, subject, date '1970-01-01' + cast("
        + database.epochDay("start_time")
        + " as integer) as day, cast(sum(total_bytes) as varchar) from usage_record";
  }

  @Override
  public Stream<SubjectUsage> subjectUsage(UsageQuery query) {
    var days =
        query
            .days()
            .orElseThrow(() -> new IllegalArgumentException("a query of subjects needs days"));
    var sums =
        new UsageSums(database, days, query.provider().orElse(null), query.account().orElse(null));
    var parts =
        List.of(
            new Part(sums.recordsOfSubjects(), Selection.ofStarts(query)),
            new Part(sums.readingsOfSubjects(), Selection.ofSubjects(query)),
            new Part(sums.failuresOfSubjects(), Selection.ofSubjects(query)),
            new Part(sums.labelsOfSubjects(), Selection.ofDevices(query)));
    try {
      var statement = Selection.prepare(database, connection, parts, sums.endOfSubjects());
      return RowStream.of(database, statement, sums::subject, release);
    } catch (SQLException e) {
      throw JdbcStore.failure(database, "cannot be read", e);
    }
  }

  @Override
  public List<DayTotal> dayTotals(UsageQuery query) {
    try (var days =
        stream(
            Selection.ofStarts(query),
            UsageSums.days(database),
            " group by provider, account, day order by provider, account, day",
            UsageSums::dayTotal)) {
      return days.toList();
    }
  }

  @Override
  public Stream<SubjectDayTotal> subjectDays(UsageQuery query, Collection<String> subjects) {
    var selection =
        subjects.isEmpty()
            ? Selection.ofStarts(query)
            : Selection.ofStarts(query, database, subjects);
    return DerivedSums.subjectDays(records(query, selection, Database.RECORDS));
  }

  @Override
  public List<MonthlyUsage> monthlyUsage(UsageQuery query) {
    return monthlyUsage(query, Database.RECORDS);
  }

  @Override
  public List<MonthlyUsage> uncountedUsage(UsageQuery query) {
    refuseAsOf(query, "uncounted usage");
    return monthlyUsage(query, Database.UNCOUNTED);
  }

  private List<MonthlyUsage> monthlyUsage(UsageQuery query, String table) {
    var select = bySubjectAndMonth() + table;
    try (var months =
        query.asOf().isPresent()
            ? stream(asOf(query)::monthlyUsage, rows::monthlyUsage)
            : stream(Selection.ofStarts(query), select, BY_MONTH, rows::monthlyUsage)) {
      return months.toList();
    }
  }

  private String bySubjectAndMonth() {
    return "select provider, account, month, cast(sum(bytes) as varchar), count(*) from (select"
        + " provider, account, subject, cast(date_trunc('month', date '1970-01-01' + cast("
        + database.epochDay("start_time")
        + " as integer)) as date) as month, sum(total_bytes) as bytes from ";
  }

  @Override
  public Stream<Coverage> coverage(UsageQuery query) {
    if (query.asOf().isPresent()) {
      return stream(asOf(query)::coverage, rows::coveredDays);
    }
    return stream(
        Selection.ofRanges(query), COVERAGE, RANGE_ORDER, row -> cut(rows.coverage(row), query));
  }

  @Override
  public Stream<Failure> failures(UsageQuery query) {
    refuseAsOf(query, "failures");
    return stream(
        Selection.ofRanges(query),
        "select provider, account, subject, from_time, to_time, kind, message, failed_at"
            + " from failure",
        RANGE_ORDER,
        row -> cut(rows.failure(row), query));
  }

  private static Failure cut(Failure failure, UsageQuery query) {
    return new Failure(
        failure.provider(),
        failure.account(),
        failure.subject(),
        Selection.cut(failure.days(), query),
        failure.kind(),
        failure.message(),
        failure.failedAt());
  }

  @Override
  public Stream<Correction> corrections(UsageQuery query) {
    var selection = Selection.ofDays(query);
    query.asOf().ifPresent(moment -> selection.and("noticed_at <= ?", moment));
    return stream(
        selection,
        "select provider, account, subject, day, before_bytes, after_bytes, noticed_at"
            + " from correction",
        " order by provider, account, subject, day, noticed_at",
        rows::correction);
  }

  @Override
  public Stream<StoredDevice> devices(UsageQuery query) {
    return stream(
        Selection.ofDevices(query),
        "select provider, account, subject, label, device_group from device",
        " order by provider, account, subject",
        RowMapper::device);
  }

  @Override
  public List<StoredAccount> accounts() {
    return list(ACCOUNTS, statement -> {}, rows::account);
  }

  @Override
  public Optional<DayRange> days() {
    return list(
            "select min(from_time), max(to_time) from coverage having count(*) > 0",
            statement -> {},
            row -> rows.days(row, 1))
        .stream()
        .findFirst();
  }

  @Override
  public List<ClosedPeriod> closedPeriods() {
    return list(
        "select account, from_day, to_day, closed_at, total_bytes from closed_period"
            + " order by account, from_day, to_day",
        statement -> {},
        rows::closedPeriod);
  }

  @Override
  public List<ClosedPeriod.Gap> gaps(ClosedPeriod period) {
    Preconditions.present("period", period);
    return list(
        "select provider, account, subject, gap_from, gap_to, reason from closed_gap"
            + " where account = ? and from_day = ? and to_day = ?"
            + " order by provider, subject, gap_from, reason",
        statement -> {
          statement.setString(1, period.account());
          statement.setObject(2, period.days().from());
          statement.setObject(3, period.days().to());
        },
        rows::gap);
  }

  @Override
  public Stream<Correction> lateCorrections(ClosedPeriod period) {
    Preconditions.present("period", period);
    var query = UsageQuery.days(period.days()).account(period.account());
    return stream(new AsOf(database, query, period.closedAt())::changesSince, rows::correction);
  }

  private AsOf asOf(UsageQuery query) {
    return new AsOf(database, query, query.asOf().orElseThrow());
  }

  private static void refuseAsOf(UsageQuery query, String rows) {
    if (query.asOf().isPresent()) {
      throw new IllegalArgumentException(
          "the store has no "
              + rows
              + " as of an earlier moment, only the totals of days; query dailyUsage");
    }
  }

  private <T> List<T> list(String sql, JdbcStore.Parameters parameters, RowStream.Row<T> toRow) {
    try {
      var statement = database.prepare(connection, sql);
      parameters.in(statement);
      try (var all = RowStream.of(database, statement, toRow, () -> {})) {
        return all.toList();
      }
    } catch (SQLException e) {
      throw JdbcStore.failure(database, "cannot be read", e);
    }
  }

  private interface Statement {
    PreparedStatement prepare(Connection connection) throws SQLException;
  }

  private <T> Stream<T> stream(
      Selection selection, String select, String rest, RowStream.Row<T> toRow) {
    return stream(in -> selection.prepare(database, in, select, rest), toRow);
  }

  private <T> Stream<T> stream(Statement query, RowStream.Row<T> toRow) {
    try {
      var statement = query.prepare(connection);
      return RowStream.of(database, statement, toRow, release);
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
