package io.simtally.fleet.store;

import io.simtally.fleet.store.sql.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Queries of the store as of a moment. The total of a day is the latest total minus the corrections
 * after the moment. A day that was first read after the moment is unknown. Used for one query.
 */
final class AsOf {
  private static final String KEY = "provider, account, ";
  private static final String DAY = "cast(start_time at time zone 'UTC' as date)";
  private static final String ORDER = " order by provider, account, subject, day";
  private static final String IS_KNOWN =
      "(whole.read_at <= ? or coalesce(own.read_at, others.read_at) <= ?)";
  private static final String KNOWN_SINCE =
      "least(whole.read_at, coalesce(own.read_at, others.read_at))";

  private final Database database;
  private final UsageQuery query;
  private final Instant moment;

  /** The parameters, in the order of the text. */
  private final List<Object> parameters = new ArrayList<>();

  AsOf(Database database, UsageQuery query, Instant moment) {
    this.database = database;
    this.query = query;
    this.moment = moment;
  }

  /** Prepares the days with usage, in the columns of {@link RowMapper#dailyUsage}. */
  PreparedStatement dailyUsage(Connection connection) throws SQLException {
    return prepare(
        connection, known() + columns("subject, day, cast(bytes as varchar)") + daily() + ORDER);
  }

  /** Prepares the months, in the columns of {@link RowMapper#monthlyUsage}. */
  PreparedStatement monthlyUsage(Connection connection) throws SQLException {
    return prepare(
        connection,
        known()
            + columns(
                "cast(date_trunc('month', day) as date), cast(sum(bytes) as varchar),"
                    + " count(distinct subject)")
            + daily()
            + " group by 1, 2, 3 order by 1, 2, 3");
  }

  /**
   * Prepares the changes after the moment, in the columns of {@link RowMapper#correction}: the
   * corrections, and as a change from zero each day that was first read later.
   */
  PreparedStatement changesSince(Connection connection) throws SQLException {
    return prepare(
        connection,
        known()
            + columns("subject, day, before_bytes, after_bytes, noticed_at")
            + "(select provider, account, subject, day, before_bytes, after_bytes, noticed_at"
            + " from correction"
            + where(Selection.ofDays(query).and("noticed_at > ?", moment))
            + " union all "
            + columns("subject, day, 0, cast(bytes as bigint), " + KNOWN_SINCE)
            + totals(Instant.EPOCH)
            + where("bytes <> 0 and " + KNOWN_SINCE + " > ?", moment)
            + ") changes"
            + ORDER
            + ", noticed_at, before_bytes");
  }

  /** Prepares the days that had been read, in the columns of {@link RowMapper#coveredDays}. */
  PreparedStatement coverage(Connection connection) throws SQLException {
    var readAt = "case when covered.read_at <= ? then covered.read_at else %s.read_at end";
    return prepare(
        connection,
        known()
            + ", covered as ("
            + columns(
                "subject, "
                    + eachDay(
                        "cast(from_time at time zone 'UTC' as date)",
                        "cast((to_time at time zone 'UTC') - interval '1 day' as date)")
                    + " as day, read_at")
            + "coverage"
            + where(Selection.ofRanges(query))
            + ") "
            + columns("subject, min(day), max(day), read_at")
            // Neighbouring days of one time have one difference to their number.
            + "("
            + columns(
                "subject, day, read_at, day - cast(row_number() over (partition by"
                    + " provider, account, subject, read_at order by day) as integer) as first_day")
            + "("
            + columns("subject, day, " + readAt.formatted("own") + " as read_at")
            + "own left join covered using (provider, account, subject, day)"
            + where("own.read_at <= ?", moment, moment)
            + " union all "
            + columns("subject, day, " + readAt.formatted("others"))
            + "covered join others using (provider, account, day)"
            + " left join own using (provider, account, subject, day)"
            + where(
                "own.read_at is null and subject <> '*' and others.read_at <= ?", moment, moment)
            + ") days"
            + where(Selection.ofDays(query))
            + ") numbered group by provider, account, subject, read_at, first_day"
            + " order by provider, account, subject, min(day)");
  }

  private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    database.avoidNestedLoops(connection);
    return Selection.prepare(database, connection, sql, parameters);
  }

  /**
   * Returns the days of a range that are days of the query. A range of coverage can have years, and
   * the query one month.
   */
  private String eachDay(String from, String to) {
    return query
        .days()
        .map(
            days ->
                database.eachDay(
                    "greatest(%s, date '%s')".formatted(from, days.from()),
                    "least(%s, date '%s')".formatted(to, days.to())))
        .orElseGet(() -> database.eachDay(from, to));
  }

  private static String columns(String columns) {
    return "select " + KEY + columns + " from ";
  }

  private String where(Selection selection) {
    parameters.addAll(selection.parameters());
    return selection.where();
  }

  private String where(String condition, Object... values) {
    parameters.addAll(List.of(values));
    return " where " + condition;
  }

  /**
   * The moments of first readings, one row for each day: of subjects with moments of their own, of
   * all other devices, and of the whole account.
   */
  private String known() {
    return "with known as ("
        + columns("subject, day, min(read_at) as read_at")
        + "("
        + columns("subject, " + eachDay("from_day", "to_day") + " as day, read_at")
        + "first_read"
        + where(Selection.ofDayRanges(ofAllSubjects()))
        + ") days group by 1, 2, 3, 4), own as ("
        + columns("subject, day, read_at")
        + "known where subject <> ''), others as ("
        + columns("day, read_at")
        + "known where subject = ''), whole as ("
        + columns("day, read_at")
        + "known where subject = '*') ";
  }

  /** Rows about the account and about all other devices count for every subject. */
  private UsageQuery ofAllSubjects() {
    var all = query.days().map(UsageQuery::days).orElse(UsageQuery.all());
    all = query.account().map(all::account).orElse(all);
    return query.provider().map(all::provider).orElse(all);
  }

  private String daily() {
    return "("
        + columns("subject, day, bytes")
        + totals(moment)
        + where("bytes <> 0 and " + IS_KNOWN, moment, moment)
        + ") figures";
  }

  /** The totals of days without the corrections after a moment, joined to the first readings. */
  private String totals(Instant after) {
    return "("
        + columns("subject, day, sum(bytes) as bytes")
        + "("
        + columns("subject, " + DAY + " as day, total_bytes as bytes")
        + "usage_record"
        + where(Selection.ofStarts(query))
        + " union all "
        + columns("subject, day, before_bytes - after_bytes")
        + "correction"
        + where(Selection.ofDays(query).and("noticed_at > ?", after))
        + ") changes group by 1, 2, 3, 4) totals"
        + " left join own using (provider, account, subject, day)"
        + " left join others using (provider, account, day)"
        + " left join whole using (provider, account, day)";
  }
}
