package io.simtally.fleet.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The table of the days whose figures a carrier has changed since the run before. */
final class CorrectionRows {
  private final Database database;
  private final Connection connection;
  private final String provider;

  CorrectionRows(Database database, Connection connection, String provider) {
    this.database = database;
    this.connection = connection;
    this.provider = provider;
  }

  /** Adds changes. What a day had before the run is what counts, however often it changes. */
  void write(List<Correction> changes) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    var all = new LinkedHashMap<SubjectDay, Correction>();
    for (var change : changes) {
      all.put(keyOf(change), change);
    }
    for (var earlier : take(changes)) {
      all.merge(keyOf(earlier), earlier, (change, same) -> since(earlier, change));
    }
    try (var rows = database.into(connection, "correction")) {
      for (var each : all.values()) {
        if (each.beforeBytes() != each.afterBytes()) {
          rows.beginRow()
              .text(provider)
              .text(each.subject())
              .day(each.day())
              .number(each.beforeBytes())
              .number(each.afterBytes())
              .moment(each.noticedAt())
              .endRow();
        }
      }
    }
  }

  private static SubjectDay keyOf(Correction change) {
    return new SubjectDay(change.subject(), change.day());
  }

  private Correction since(Correction earlier, Correction change) {
    return new Correction(
        provider,
        change.subject(),
        change.day(),
        earlier.beforeBytes(),
        change.afterBytes(),
        change.noticedAt());
  }

  private List<Correction> take(List<Correction> changes) throws SQLException {
    var subjects = changes.stream().map(Correction::subject).distinct().toList();
    var first = changes.stream().map(Correction::day).min(Comparable::compareTo).orElseThrow();
    var last = changes.stream().map(Correction::day).max(Comparable::compareTo).orElseThrow();
    var taken = new ArrayList<Correction>();
    try (var query =
        database.prepare(
            connection,
            "delete from correction where provider = ? and day >= ? and day <= ? and "
                + database.subjectIsAmong()
                + " returning provider, subject, day, before_bytes, after_bytes, noticed_at")) {
      query.setString(1, provider);
      query.setObject(2, first);
      query.setObject(3, last);
      database.setSubjects(query, 4, subjects);
      try (var row = query.executeQuery()) {
        while (row.next()) {
          taken.add(new RowMapper(database).correction(row));
        }
      }
    }
    return taken;
  }

  /**
   * What differs.
   *
   * @param before the bytes of each day that was there
   * @param after the bytes of each day that had been read before and is there now
   */
  static List<Correction> between(
      String provider,
      Map<SubjectDay, Long> before,
      Map<SubjectDay, Long> after,
      Instant noticedAt) {
    var days = new LinkedHashSet<>(before.keySet());
    days.addAll(after.keySet());
    var changes = new ArrayList<Correction>();
    for (var each : days) {
      long was = before.getOrDefault(each, 0L);
      long is = after.getOrDefault(each, 0L);
      if (was != is) {
        changes.add(new Correction(provider, each.subject(), each.day(), was, is, noticedAt));
      }
    }
    return changes;
  }
}
