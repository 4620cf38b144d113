package io.simtally.fleet.alert;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.UsageStore;
import io.simtally.fleet.store.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The daily usage of an account over all of its providers, and how many days of its devices are
 * unknown. A device of two providers counts once, by the provider whose figures include the other.
 */
final class PoolDays {
  /** The days before a cycle that a forecast looks at. */
  private static final int HISTORY_DAYS = 28;

  /** A day counts as known with at most one unknown device in this number. */
  private static final long DEVICES_PER_UNKNOWN = 100;

  private final Database database;
  private final Connection connection;
  private final LocalDate today;
  private final DayRange days;
  private final Map<LocalDate, Long> bytes = new TreeMap<>();
  private final Map<LocalDate, Long> unknown = new HashMap<>();
  private long devices;

  private PoolDays(Database database, Connection connection, DayRange days, LocalDate today) {
    this.database = database;
    this.connection = connection;
    this.days = days;
    this.today = today;
  }

  /** Reads the days of a cycle and those before it. */
  static PoolDays read(
      Database database,
      Connection connection,
      List<StoredScope> scopes,
      DayRange cycle,
      LocalDate today)
      throws SQLException {
    var read =
        new PoolDays(
            database,
            connection,
            DayRange.of(cycle.from().minusDays(HISTORY_DAYS), cycle.to()),
            today);
    for (var scope : scopes) {
      read.addBytes(scope);
      read.addUnknown(scope);
    }
    return read;
  }

  long usedBytes(DayRange cycle) {
    var used = 0L;
    for (var each : bytes.entrySet()) {
      if (cycle.contains(each.getKey())) {
        used = Math.addExact(used, each.getValue());
      }
    }
    return used;
  }

  long unknownDays(DayRange cycle) {
    return unknown.entrySet().stream()
        .filter(each -> cycle.contains(each.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Forecasts the cycle from its whole days, of which nearly all devices are known. */
  Optional<Forecast> forecast(DayRange cycle) {
    var known = new HashMap<LocalDate, Long>();
    for (var day = days.from(); day.isBefore(today); day = day.plusDays(1)) {
      if (unknown.getOrDefault(day, 0L) * DEVICES_PER_UNKNOWN <= devices) {
        known.put(day, bytes.getOrDefault(day, 0L));
      }
    }
    return Forecast.of(known, cycle).map(each -> each.atLeast(usedBytes(cycle)));
  }

  private void addBytes(StoredScope scope) throws SQLException {
    try (var statement = bytesByDay(scope).prepare(database, connection);
        var row = statement.executeQuery()) {
      while (row.next()) {
        bytes.merge(row.getObject(1, LocalDate.class), row.getLong(2), Math::addExact);
      }
    }
  }

  private SqlText bytesByDay(StoredScope scope) {
    var including = scope.including();
    if (including == null) {
      return new SqlText()
          .add("select " + startDay() + " as day, cast(sum(total_bytes) as bigint)")
          .add(records(scope.provider(), scope.account()))
          .add("group by " + startDay());
    }
    // Most devices have one provider: only the days of the others are compared.
    return new SqlText()
        .add("select day, cast(sum(bytes) as bigint) from (select " + startDay() + " as day,")
        .add("sum(total_bytes) as bytes")
        .add(records(scope.provider(), scope.account()))
        .add("and subject not in (")
        .add(subjects(including, scope.account()))
        .add(") group by " + startDay() + " union all select day, bytes from (")
        .add(daily(scope.provider(), including, scope.account()))
        .add(") each where bytes = 0 or not exists (select 1 from (")
        .add(daily(including, scope.provider(), scope.account()))
        .add(") other where other.subject = each.subject and other.day = each.day")
        .add("and other.bytes > 0)) days group by day");
  }

  private String startDay() {
    return SqlText.day(database, "start_time");
  }

  private SqlText subjects(String provider, String account) {
    return new SqlText().add("select distinct subject").add(records(provider, account));
  }

  /** Returns the days of the devices that another provider has as well. */
  private SqlText daily(String provider, String other, String account) {
    return new SqlText()
        .add("select subject, " + startDay() + " as day, sum(total_bytes) as bytes")
        .add(records(provider, account))
        .add("and subject in (")
        .add(subjects(other, account))
        .add(") group by subject, " + startDay());
  }

  private SqlText records(String provider, String account) {
    return new SqlText()
        .add("from usage_record where provider = ? and account = ?", provider, account)
        .add("and start_time >= ? and start_time < ?", days.start(), days.end());
  }

  /** Counts a device once for each day that has not been read, and a whole account as a device. */
  private void addUnknown(StoredScope scope) throws SQLException {
    var own = ownDevices(scope);
    var isOfAccount = !scope.wholeAccount().isEmpty() || own == 0;
    var requested = own + (isOfAccount ? 1 : 0);
    devices += requested;
    var read = readDevices(scope);
    for (var gap : scope.gapsOfAccount(days)) {
      for (var day : gap.each()) {
        if (day.isBefore(today)) {
          unknown.merge(day, requested - read.getOrDefault(day, 0L), Long::sum);
        }
      }
    }
  }

  private long ownDevices(StoredScope scope) throws SQLException {
    var query = new SqlText().add("select count(*) from (");
    var separator = "";
    for (var table : List.of("coverage", "failure", "device")) {
      query
          .add(separator + "select subject from " + table)
          .add("where provider = ? and account = ?", scope.provider(), scope.account())
          .add("and subject <> ?", UsageStore.ACCOUNT);
      separator = "union ";
    }
    try (var statement = query.add(") each").prepare(database, connection);
        var row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Returns how many devices have been read by themselves on each day that has any. */
  private Map<LocalDate, Long> readDevices(StoredScope scope) throws SQLException {
    var changes = new TreeMap<LocalDate, Long>();
    for (var end : List.of("from_time", "to_time")) {
      try (var statement =
              new SqlText()
                  .add("select " + SqlText.day(database, end) + ", count(*)")
                  .add("from coverage where provider = ?", scope.provider())
                  .add("and account = ? and subject <> ?", scope.account(), UsageStore.ACCOUNT)
                  .add("group by 1")
                  .prepare(database, connection);
          var row = statement.executeQuery()) {
        while (row.next()) {
          var count = end.equals("from_time") ? row.getLong(2) : -row.getLong(2);
          changes.merge(row.getObject(1, LocalDate.class), count, Long::sum);
        }
      }
    }
    var read = new HashMap<LocalDate, Long>();
    var before = changes.headMap(days.from()).values().stream().mapToLong(Long::longValue).sum();
    for (var day : days.each()) {
      before += changes.getOrDefault(day, 0L);
      read.put(day, before);
    }
    return read;
  }
}
