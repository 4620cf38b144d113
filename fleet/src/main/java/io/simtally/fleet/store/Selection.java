package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.sql.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;

/** A statement whose where clause follows from a {@link UsageQuery}. */
final class Selection {
  /** Rows per fetch from PostgreSQL. DuckDB streams by a setting of the connection. */
  private static final int ROWS_AT_ONCE = 10_000;

  private final StringJoiner conditions = new StringJoiner(" and ", " where ", "");
  private final List<Object> parameters = new ArrayList<>();

  private Selection(UsageQuery query) {
    conditions.setEmptyValue("");
    query.provider().ifPresent(provider -> and("provider = ?", provider));
    query.account().ifPresent(account -> and("account = ?", account));
    query.subject().ifPresent(subject -> and("subject = ?", subject));
  }

  /** Selects rows of devices, whatever the days of the query. */
  static Selection ofDevices(UsageQuery query) {
    return new Selection(query);
  }

  /** Selects rows that start in the days of the query. */
  static Selection ofStarts(UsageQuery query) {
    var selection = new Selection(query);
    query
        .days()
        .ifPresent(
            days -> selection.and("start_time >= ? and start_time < ?", days.start(), days.end()));
    return selection;
  }

  /** Selects rows whose range of days overlaps the days of the query. */
  static Selection ofRanges(UsageQuery query) {
    var selection = new Selection(query);
    query
        .days()
        .ifPresent(
            days -> selection.and("from_time < ? and to_time > ?", days.end(), days.start()));
    return selection;
  }

  /** Selects rows about a day of the query. */
  static Selection ofDays(UsageQuery query) {
    var selection = new Selection(query);
    query.days().ifPresent(days -> selection.and("day >= ? and day <= ?", days.from(), days.to()));
    return selection;
  }

  /** Selects ranges of days that overlap the days of the query. */
  static Selection ofDayRanges(UsageQuery query) {
    var selection = new Selection(query);
    query
        .days()
        .ifPresent(days -> selection.and("from_day <= ? and to_day >= ?", days.to(), days.from()));
    return selection;
  }

  /** Selects readings of subjects, not of whole accounts, whatever the days of the query. */
  static Selection ofSubjects(UsageQuery query) {
    var selection = new Selection(query);
    selection.and("subject <> ?", UsageStore.ACCOUNT);
    return selection;
  }

  /** Selects rows that start in the days of the query, of some subjects. */
  static Selection ofStarts(UsageQuery query, Database database, Collection<String> subjects) {
    var selection = ofStarts(query);
    selection.conditions.add(database.subjectIsAmong());
    selection.parameters.add(new Subjects(List.copyOf(subjects)));
    return selection;
  }

  private record Subjects(List<String> names) {}

  /** A part of a statement: the text before a where clause, and the clause. */
  record Part(String select, Selection selection) {}

  Selection and(String condition, Object... values) {
    conditions.add(condition);
    parameters.addAll(List.of(values));
    return this;
  }

  /** Returns the where clause. */
  String where() {
    return conditions.toString();
  }

  /** Returns the values of the parameters. */
  List<Object> parameters() {
    return parameters;
  }

  /** Prepares the statement whose where clause stands between two texts. */
  PreparedStatement prepare(Database database, Connection connection, String select, String rest)
      throws SQLException {
    return prepare(database, connection, List.of(new Part(select, this)), rest);
  }

  /** Prepares a statement of several parts. */
  static PreparedStatement prepare(
      Database database, Connection connection, List<Part> parts, String rest) throws SQLException {
    var sql = new StringBuilder();
    var parameters = new ArrayList<Object>();
    for (var part : parts) {
      sql.append(part.select()).append(part.selection().conditions);
      parameters.addAll(part.selection().parameters);
    }
    return prepare(database, connection, sql.append(rest).toString(), parameters);
  }

  /** Prepares a statement with any parameters. */
  static PreparedStatement prepare(
      Database database, Connection connection, String sql, List<Object> parameters)
      throws SQLException {
    var statement = database.prepare(connection, sql);
    try {
      statement.setFetchSize(ROWS_AT_ONCE);
      for (int i = 0; i < parameters.size(); i++) {
        set(database, statement, i + 1, parameters.get(i));
      }
      return statement;
    } catch (SQLException | RuntimeException | Error e) {
      statement.close();
      throw e;
    }
  }

  private static void set(
      Database database, PreparedStatement statement, int parameter, Object value)
      throws SQLException {
    if (value instanceof Subjects subjects) {
      database.setSubjects(statement, parameter, subjects.names());
    } else if (value instanceof Instant moment) {
      RowMapper.setMoment(statement, parameter, moment);
    } else {
      statement.setObject(parameter, value);
    }
  }

  /** Returns the part of some days that a query selects. */
  static DayRange cut(DayRange days, UsageQuery query) {
    return query.days().map(asked -> days.overlap(asked).orElseThrow()).orElse(days);
  }
}
