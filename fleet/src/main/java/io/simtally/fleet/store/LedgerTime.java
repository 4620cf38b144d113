package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.Micros;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The moments that the ledger records for a batch: the time of each reading, unless the ledger has
 * a later moment for the same day already. Without this rule, a reading that is written late, by a
 * slow process or after a clock went back, would change a figure as of a moment that has passed.
 */
final class LedgerTime {
  private final Database database;
  private final Connection connection;
  private final ReadingBatch batch;

  /** The periods of the account that were closed at or after the earliest reading. */
  private final List<ClosedPeriod> closed = new ArrayList<>();

  LedgerTime(Database database, Connection connection, ReadingBatch batch) throws SQLException {
    this.database = database;
    this.connection = connection;
    this.batch = batch;
    var sql =
        "select from_day, to_day, closed_at from closed_period"
            + " where account = ? and from_day <= ? and to_day >= ? and closed_at >= ?";
    try (var query = database.prepare(connection, sql)) {
      query.setString(1, batch.key().account());
      query.setObject(2, batch.span().to());
      query.setObject(3, batch.span().from());
      RowMapper.setMoment(query, 4, earliest());
      try (var row = query.executeQuery()) {
        while (row.next()) {
          closed.add(
              new ClosedPeriod(
                  batch.key().account(), RowMapper.dayRange(row, 1), database.moment(row, 3), 0));
        }
      }
    }
  }

  private Instant earliest() {
    return batch.readings().stream().map(Reading::readAt).min(Instant::compareTo).orElseThrow();
  }

  /** Returns the moment of a reading for one of its days, never before the day's closing. */
  Instant of(Instant readAt, LocalDate day) {
    var moment = Micros.cut(readAt);
    for (var period : closed) {
      if (period.days().contains(day) && !period.closedAt().isBefore(moment)) {
        moment = period.closedAt().plus(1, ChronoUnit.MICROS);
      }
    }
    return moment;
  }

  /** Returns the ranges of days with one moment. */
  Map<DayRange, Instant> of(Instant readAt, DayRange days) {
    if (closed.isEmpty()) {
      return Map.of(days, Micros.cut(readAt));
    }
    return days.each().stream().collect(Collectors.toMap(DayRange::of, day -> of(readAt, day)));
  }

  /** Returns changes with moments that are not before an earlier moment of the same day. */
  List<Correction> inOrder(List<Correction> changes) throws SQLException {
    if (changes.isEmpty()) {
      return changes;
    }
    var later = laterMoments(changes.stream().map(Correction::subject).collect(Collectors.toSet()));
    if (later.isEmpty()) {
      return changes;
    }
    return changes.stream()
        .map(
            each ->
                new Correction(
                    each.provider(),
                    each.account(),
                    each.subject(),
                    each.day(),
                    each.beforeBytes(),
                    each.afterBytes(),
                    latest(each, later)))
        .toList();
  }

  private record Known(DayRange days, Instant moment) {}

  private static Instant latest(Correction change, Map<String, List<Known>> later) {
    var moment = change.noticedAt();
    for (var subject : List.of(change.subject(), UsageStore.ACCOUNT, FirstReadRows.OTHERS)) {
      for (var each : later.getOrDefault(subject, List.of())) {
        if (each.days().contains(change.day()) && each.moment().isAfter(moment)) {
          moment = each.moment();
        }
      }
    }
    return moment;
  }

  /**
   * Returns the moments in the ledger that are later than the earliest reading, most often none.
   */
  private Map<String, List<Known>> laterMoments(Set<String> changed) throws SQLException {
    var later = new HashMap<String, List<Known>>();
    var subjects = new ArrayList<>(changed);
    add(
        "select subject, day, day, noticed_at from correction where provider = ? and account = ?"
            + " and day <= ? and day >= ? and noticed_at > ? and "
            + database.subjectIsAmong(),
        subjects,
        later);
    subjects.add(UsageStore.ACCOUNT);
    subjects.add(FirstReadRows.OTHERS);
    add(
        "select subject, from_day, to_day, read_at from first_read where provider = ?"
            + " and account = ? and from_day <= ? and to_day >= ? and read_at > ? and "
            + database.subjectIsAmong(),
        subjects,
        later);
    return later;
  }

  private void add(String sql, List<String> subjects, Map<String, List<Known>> later)
      throws SQLException {
    try (var query = database.prepare(connection, sql)) {
      query.setString(1, batch.key().provider());
      query.setString(2, batch.key().account());
      query.setObject(3, batch.span().to());
      query.setObject(4, batch.span().from());
      RowMapper.setMoment(query, 5, earliest());
      database.setSubjects(query, 6, subjects);
      try (var row = query.executeQuery()) {
        while (row.next()) {
          var days = RowMapper.dayRange(row, 2);
          later
              .computeIfAbsent(row.getString(1), key -> new ArrayList<>(1))
              .add(new Known(days, database.moment(row, 4)));
        }
      }
    }
  }
}
