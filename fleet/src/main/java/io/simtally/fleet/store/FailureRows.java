package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.sql.AccountKey;
import io.simtally.fleet.store.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of the failures. */
final class FailureRows {
  private final Database database;
  private final Connection connection;

  FailureRows(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /**
   * Removes the days of a batch from the failures, and adds the days that were held back. A reading
   * of the account resolves the failures of all subjects.
   *
   * <p>One statement deletes and returns the earlier failures: DuckDB returns no row that the
   * transaction itself has added.
   *
   * @param batch the readings that were written
   * @param held the days that were not written
   */
  void replace(ReadingBatch batch, List<Failure> held) throws SQLException {
    var days = new ArrayList<DayRange>();
    var subjects = new HashSet<String>();
    if (!batch.isEmpty()) {
      days.add(batch.span());
      subjects.addAll(batch.subjects());
    }
    var heldDays = new HashMap<String, List<DayRange>>();
    for (var each : held) {
      days.add(each.days());
      subjects.add(each.subject());
      heldDays.computeIfAbsent(each.subject(), key -> new ArrayList<>(1)).add(each.days());
    }
    if (days.isEmpty()) {
      return;
    }
    var account = batch.days(UsageStore.ACCOUNT);
    var left = new ArrayList<Failure>();
    for (var failure :
        take(batch.key(), ReadingBatch.around(days), account.isEmpty() ? subjects : null)) {
      var replaced = new ArrayList<>(account);
      replaced.addAll(batch.days(failure.subject()));
      replaced.addAll(heldDays.getOrDefault(failure.subject(), List.of()));
      left.addAll(without(failure, replaced));
    }
    left.addAll(held);
    insert(left);
  }

  /** Returns the days of each subject of a batch that are held back. */
  Map<String, List<DayRange>> held(ReadingBatch batch) throws SQLException {
    var held = new HashMap<String, List<DayRange>>();
    var sql =
        "select subject, from_time, to_time from failure where provider = ? and account = ?"
            + " and from_time < ? and to_time > ? and kind = 'HELD' and "
            + database.subjectIsAmong();
    try (var query = database.prepare(connection, sql)) {
      query.setString(1, batch.key().provider());
      query.setString(2, batch.key().account());
      RowMapper.setMoment(query, 3, batch.span().end());
      RowMapper.setMoment(query, 4, batch.span().start());
      database.setSubjects(query, 5, batch.subjects());
      try (var row = query.executeQuery()) {
        while (row.next()) {
          held.computeIfAbsent(row.getString(1), key -> new ArrayList<>(1))
              .add(new RowMapper(database).days(row, 2));
        }
      }
    }
    return held;
  }

  /** Removes days from the failures of the account. */
  void removeOfAccount(AccountKey key, List<DayRange> days) throws SQLException {
    var left = new ArrayList<Failure>();
    for (var failure : take(key, ReadingBatch.around(days), List.of(UsageStore.ACCOUNT))) {
      left.addAll(without(failure, days));
    }
    insert(left);
  }

  /** Adds failures. They replace earlier failures of the same subjects and days. */
  void write(List<Failure> failures) throws SQLException {
    var byAccount = new LinkedHashMap<AccountKey, Map<String, List<Failure>>>();
    for (var failure : failures) {
      byAccount
          .computeIfAbsent(keyOf(failure), key -> new LinkedHashMap<>())
          .merge(failure.subject(), List.of(failure), (earlier, one) -> replaced(earlier, failure));
    }
    for (var account : byAccount.entrySet()) {
      var bySubject = account.getValue();
      var days = bySubject.values().stream().flatMap(List::stream).map(Failure::days).toList();
      var rows = new ArrayList<Failure>();
      for (var earlier : take(account.getKey(), ReadingBatch.around(days), bySubject.keySet())) {
        var now = bySubject.getOrDefault(earlier.subject(), List.of());
        rows.addAll(without(earlier, now.stream().map(Failure::days).toList()));
      }
      bySubject.values().forEach(rows::addAll);
      insert(rows);
    }
  }

  static AccountKey keyOf(Failure failure) {
    return new AccountKey(failure.provider(), failure.account());
  }

  private static List<Failure> replaced(List<Failure> earlier, Failure failure) {
    var all = new ArrayList<Failure>();
    earlier.forEach(each -> all.addAll(without(each, List.of(failure.days()))));
    all.add(failure);
    return all;
  }

  private static List<Failure> without(Failure failure, List<DayRange> days) {
    return failure.days().without(days).stream()
        .map(
            left ->
                new Failure(
                    failure.provider(),
                    failure.account(),
                    failure.subject(),
                    left,
                    failure.kind(),
                    failure.message(),
                    failure.failedAt()))
        .toList();
  }

  /** Deletes and returns the failures with a day in the range, of all subjects if null. */
  private List<Failure> take(AccountKey key, DayRange days, @Nullable Collection<String> subjects)
      throws SQLException {
    var sql =
        "delete from failure where provider = ? and account = ? and from_time < ? and to_time > ?"
            + (subjects == null ? "" : " and " + database.subjectIsAmong())
            + " returning provider, account, subject, from_time, to_time, kind, message, failed_at";
    var taken = new ArrayList<Failure>();
    try (var query = database.prepare(connection, sql)) {
      query.setString(1, key.provider());
      query.setString(2, key.account());
      RowMapper.setMoment(query, 3, days.end());
      RowMapper.setMoment(query, 4, days.start());
      if (subjects != null) {
        database.setSubjects(query, 5, subjects);
      }
      try (var row = query.executeQuery()) {
        while (row.next()) {
          taken.add(new RowMapper(database).failure(row));
        }
      }
    }
    return taken;
  }

  private void insert(List<Failure> failures) throws SQLException {
    if (failures.isEmpty()) {
      return;
    }
    try (var rows = database.into(connection, "failure")) {
      for (var each : failures) {
        rows.beginRow()
            .text(each.provider())
            .text(each.account())
            .text(each.subject())
            .moment(each.days().start())
            .moment(each.days().end())
            .text(each.kind())
            .text(each.message())
            .moment(each.failedAt())
            .endRow();
      }
    }
  }
}
