package io.simtally.fleet.alert;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.sql.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of events, in a transaction that holds {@link #LOCK}. */
final class EventTable {
  /** The name of the lock of all transactions that write events. */
  static final String LOCK = "alerts";

  private static final int AT_ONCE = 10_000;

  private static final String COLUMNS =
      "id, rule, type, provider, account, subject, cycle_from, cycle_to, from_day, to_day, bytes,"
          + " limit_bytes, percent, median_bytes, forecast_bytes, forecast_low_bytes,"
          + " forecast_high_bytes, unknown_days, noticed_at";

  private final Database database;
  private final Connection connection;

  EventTable(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /**
   * Adds events that do not exist yet.
   *
   * @param with the {@code with} clause of the query, without the word
   * @param found a query of subject, from_day, to_day, bytes, median_bytes and unknown_days
   */
  void addDevices(EventKey key, SqlText with, SqlText found, @Nullable Long limit, Instant at)
      throws SQLException {
    new SqlText()
        .add("insert into alert_event (" + COLUMNS + ") with")
        .add(with)
        .add("select new_event.* from (select")
        .add(
            "md5(cast(? as varchar) || found.subject || cast(? as varchar)) as id,"
                + " cast(? as varchar), cast(? as varchar), cast(? as varchar),"
                + " cast(? as varchar), found.subject, cast(? as date), cast(? as date),"
                + " found.from_day, found.to_day, cast(found.bytes as bigint),"
                + " cast(? as bigint), cast(null as bigint), cast(found.median_bytes as bigint),"
                + " cast(null as bigint), cast(null as bigint), cast(null as bigint),"
                + " cast(found.unknown_days as bigint), cast(? as timestamp with time zone) from (",
            key.beforeSubject(),
            key.afterSubject(),
            key.rule(),
            key.type(),
            key.provider(),
            key.account(),
            key.cycle().from(),
            key.cycle().to(),
            limit,
            at)
        .add(found)
        .add(") found) new_event where not exists")
        .add("(select 1 from alert_event known where known.id = new_event.id)")
        .update(database, connection);
  }

  /** Adds an event of a whole account if it does not exist yet. */
  void addAccount(
      EventKey key,
      DayRange days,
      long bytes,
      long limit,
      @Nullable Integer percent,
      @Nullable Forecast forecast,
      long unknownDays,
      Instant at)
      throws SQLException {
    new SqlText()
        .add("insert into alert_event (" + COLUMNS + ")")
        .add("select new_event.* from (select")
        .add(
            "md5(cast(? as varchar)) as id, cast(? as varchar), cast(? as varchar),"
                + " cast(null as varchar), cast(? as varchar), cast(null as varchar),"
                + " cast(? as date), cast(? as date), cast(? as date), cast(? as date),"
                + " cast(? as bigint), cast(? as bigint), cast(? as bigint), cast(null as bigint),"
                + " cast(? as bigint), cast(? as bigint), cast(? as bigint), cast(? as bigint),"
                + " cast(? as timestamp with time zone)",
            key.beforeSubject() + key.afterSubject(),
            key.rule(),
            key.type(),
            key.account(),
            key.cycle().from(),
            key.cycle().to(),
            days.from(),
            days.to(),
            bytes,
            limit,
            percent == null ? null : (Long) percent.longValue(),
            forecast == null ? null : (Long) forecast.bytes(),
            forecast == null ? null : (Long) forecast.lowBytes(),
            forecast == null ? null : (Long) forecast.highBytes(),
            unknownDays,
            at)
        .add(") new_event where not exists")
        .add("(select 1 from alert_event known where known.id = new_event.id)")
        .update(database, connection);
  }

  /** Returns the oldest events that have not been delivered, up to a number, in order. */
  List<AlertEvent> pending() throws SQLException {
    try (var query =
            new SqlText()
                .add("select " + COLUMNS + " from alert_event where delivered_at is null")
                .add("order by noticed_at, account, type, rule, provider, subject, id")
                .add("limit " + AT_ONCE)
                .prepare(database, connection);
        var row = query.executeQuery()) {
      var events = new ArrayList<AlertEvent>();
      while (row.next()) {
        events.add(event(row));
      }
      return events;
    }
  }

  private AlertEvent event(ResultSet row) throws SQLException {
    var forecast = number(row, 15);
    var percent = number(row, 13);
    return new AlertEvent(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(5),
        row.getString(4),
        row.getString(6),
        days(row, 7),
        days(row, 9),
        row.getLong(11),
        number(row, 12),
        percent == null ? null : (Integer) percent.intValue(),
        number(row, 14),
        forecast == null ? null : new Forecast(forecast, row.getLong(16), row.getLong(17)),
        row.getLong(18),
        database.moment(row, 19));
  }

  private static DayRange days(ResultSet row, int column) throws SQLException {
    return new DayRange(
        row.getObject(column, LocalDate.class), row.getObject(column + 1, LocalDate.class));
  }

  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    var value = row.getLong(column);
    return row.wasNull() ? null : (Long) value;
  }

  /** Marks events as delivered, so that they are not delivered again. */
  void markDelivered(List<AlertEvent> events, Instant at) throws SQLException {
    // The database has a condition for many subjects, and the ids serve as such.
    try (var update =
        database.prepare(
            connection,
            "update alert_event set delivered_at = ? where id in (select subject from"
                + " (select id as subject from alert_event where delivered_at is null) pending"
                + " where "
                + database.subjectIsAmong()
                + ")")) {
      SqlText.set(update, 1, at);
      database.setSubjects(update, 2, events.stream().map(AlertEvent::id).toList());
      update.executeUpdate();
    }
  }
}
