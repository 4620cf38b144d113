package io.simtally.fleet.store;

import io.simtally.core.DayRange;
import io.simtally.fleet.store.UsageStore.GuardedWrite;
import io.simtally.fleet.store.sql.Database;
import io.simtally.fleet.store.sql.Micros;
import io.simtally.fleet.store.sql.SubjectDay;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The write of one batch into the tables, within a transaction. Only covered days have records, so
 * days without coverage, which most writes are about, need no deletion.
 */
final class BatchWrite {
  private final Database database;
  private final Connection connection;
  private final RowMapper columns;
  private final int settleAfterDays;
  private final boolean hasAccount;
  private ReadingBatch batch;

  /** The coverage of the subjects and of the account before the write. */
  private final Map<String, List<Coverage>> before = new LinkedHashMap<>();

  BatchWrite(Database database, Connection connection, ReadingBatch batch, int settleAfterDays) {
    this.database = database;
    this.connection = connection;
    this.columns = new RowMapper(database);
    this.batch = batch;
    this.hasAccount = !batch.days(UsageStore.ACCOUNT).isEmpty();
    this.settleAfterDays = settleAfterDays;
  }

  /** Writes all readings. */
  void run() throws SQLException {
    takeCoverage();
    write(bytesBefore());
    writeCoverage();
    new FailureRows(database, connection).replace(batch, List.of());
  }

  /** Writes the readings that do not remove usage, and the failures of days that are held back. */
  GuardedWrite runGuarded(Predicate<String> accepted) throws SQLException {
    var failures = new FailureRows(database, connection);
    takeCoverage();
    var bytesBefore = bytesBefore();
    var guard = new LossGuard(batch, before, bytesBefore, failures.held(batch), accepted);
    batch = guard.kept();
    if (!batch.isEmpty()) {
      write(bytesBefore);
    }
    writeCoverage();
    failures.replace(batch, guard.unwritten().held());
    return guard.unwritten();
  }

  private void write(Map<SubjectDay, Long> bytesBefore) throws SQLException {
    var time = new LedgerTime(database, connection, batch);
    replaceKnownDays(bytesBefore, time);
    new FirstReadRows(database, connection, batch, time, before).add();
    writeAccount();
    writeRecords();
  }

  /** Takes all coverage of a subject, so that the remaining days can be joined to neighbours. */
  private void takeCoverage() throws SQLException {
    var columns = "provider, account, subject, from_time, to_time, read_at";
    var of = " from coverage where provider = ? and account = ? and ";
    var taken = "delete" + of;
    take(taken + database.subjectIsAmong() + " returning " + columns, this::setSubjects);
    if (!hasAccount) {
      take("select " + columns + of + "subject = '*'", query -> {});
    } else {
      // The reading of the account replaces these days of all other subjects.
      take(
          taken + "from_time < ? and to_time > ? returning " + columns,
          query -> {
            RowMapper.setMoment(query, 3, batch.span().end());
            RowMapper.setMoment(query, 4, batch.span().start());
          });
    }
  }

  private void setSubjects(PreparedStatement query) throws SQLException {
    database.setSubjects(query, 3, batch.subjects());
  }

  private void take(String sql, JdbcStore.Parameters parameters) throws SQLException {
    try (var query = database.prepare(connection, sql)) {
      setKey(query);
      parameters.in(query);
      try (var row = query.executeQuery()) {
        while (row.next()) {
          var each = columns.coverage(row);
          before.computeIfAbsent(each.subject(), key -> new ArrayList<>(1)).add(each);
        }
      }
    }
  }

  private void setKey(PreparedStatement query) throws SQLException {
    query.setString(1, batch.key().provider());
    query.setString(2, batch.key().account());
  }

  /** Returns the stored bytes of the days of the batch that have been read before. */
  private Map<SubjectDay, Long> bytesBefore() throws SQLException {
    var bytes = new HashMap<SubjectDay, Long>();
    var day = "cast(start_time at time zone 'UTC' as date)";
    for (var each : known().entrySet()) {
      try (var query =
              ofKnown(
                  "select subject, "
                      + day
                      + ", cast(sum(total_bytes) as varchar) from "
                      + Database.RECORDS,
                  " group by subject, " + day,
                  each.getKey(),
                  each.getValue());
          var row = query.executeQuery()) {
        while (row.next()) {
          bytes.put(
              new SubjectDay(row.getString(1), row.getObject(2, LocalDate.class)),
              new BigInteger(row.getString(3)).longValueExact());
        }
      }
    }
    return bytes;
  }

  /** Returns the readings of days that have been read before. */
  private Map<DayRange, List<Reading>> known() {
    var known = new LinkedHashMap<DayRange, List<Reading>>();
    for (var reading : batch.readings()) {
      if (hasBeenRead(reading)) {
        known.computeIfAbsent(reading.days(), key -> new ArrayList<>()).add(reading);
      }
    }
    return known;
  }

  /** Deletes the records of days read before, and writes a correction for each changed day. */
  private void replaceKnownDays(Map<SubjectDay, Long> bytesBefore, LedgerTime time)
      throws SQLException {
    var known = known();
    if (known.isEmpty()) {
      return;
    }
    for (var each : known.entrySet()) {
      for (var table : List.of(Database.RECORDS, Database.UNCOUNTED)) {
        var verb = "delete from " + table;
        try (var delete = ofKnown(verb, "", each.getKey(), each.getValue())) {
          delete.executeUpdate();
        }
      }
    }
    var replaced = new HashMap<>(bytesBefore);
    replaced.keySet().removeIf(each -> readingOf(each) == null);
    var changes =
        CorrectionRows.between(
            batch.key(),
            replaced,
            bytesOfKnownDays(),
            each -> time.of(Objects.requireNonNull(readingOf(each)).readAt(), each.day()));
    CorrectionRows.add(database, connection, time.inOrder(changes));
  }

  /** Returns the reading of a day, or null if the batch has none. */
  private @Nullable Reading readingOf(SubjectDay day) {
    for (var subject : List.of(day.subject(), UsageStore.ACCOUNT)) {
      for (var reading : batch.of(subject)) {
        if (reading.days().contains(day.day())) {
          return reading;
        }
      }
    }
    return null;
  }

  private boolean hasBeenRead(Reading reading) {
    if (ReadingBatch.isOfAccount(reading)) {
      return before.values().stream().anyMatch(covered -> overlaps(covered, reading.days()));
    }
    return overlaps(before(reading.subject()), reading.days())
        || overlaps(before(UsageStore.ACCOUNT), reading.days());
  }

  private List<Coverage> before(String subject) {
    return before.getOrDefault(subject, List.of());
  }

  private static boolean overlaps(List<Coverage> covered, DayRange days) {
    return covered.stream().anyMatch(each -> each.days().overlap(days).isPresent());
  }

  /** Prepares a statement about the records of some readings of the same days. */
  private PreparedStatement ofKnown(String verb, String rest, DayRange days, List<Reading> readings)
      throws SQLException {
    var ofAll = readings.stream().anyMatch(ReadingBatch::isOfAccount);
    var query =
        database.prepare(
            connection,
            verb
                + " where provider = ? and account = ?"
                + " and start_time >= ? and start_time < ?"
                + (ofAll ? "" : " and " + database.subjectIsAmong())
                + rest);
    setKey(query);
    RowMapper.setMoment(query, 3, days.start());
    RowMapper.setMoment(query, 4, days.end());
    if (!ofAll) {
      database.setSubjects(query, 5, readings.stream().map(Reading::subject).toList());
    }
    return query;
  }

  private Map<SubjectDay, Long> bytesOfKnownDays() {
    var bytes = new HashMap<SubjectDay, Long>();
    for (var reading : batch.readings()) {
      for (var usage : reading.records()) {
        var day = new SubjectDay(usage.subject(), DayRange.dayOf(usage.start()));
        if (isCovered(usage.subject(), day.day()) || isCovered(UsageStore.ACCOUNT, day.day())) {
          bytes.merge(day, usage.totalBytes(), Math::addExact);
        }
      }
    }
    return bytes;
  }

  private boolean isCovered(String subject, LocalDate day) {
    return before(subject).stream().anyMatch(each -> each.days().contains(day));
  }

  private void writeAccount() throws SQLException {
    var insert =
        "insert into account (provider, account, first_read_at) select ?, ?, ?"
            + " where not exists (select 1 from account where provider = ? and account = ?)";
    var readAt =
        batch.readings().stream().map(Reading::readAt).min(Comparable::compareTo).orElseThrow();
    try (var row = database.prepare(connection, insert)) {
      setKey(row);
      RowMapper.setMoment(row, 3, readAt);
      row.setString(4, batch.key().provider());
      row.setString(5, batch.key().account());
      row.executeUpdate();
    }
  }

  private void writeRecords() throws SQLException {
    try (var writer = database.records(connection, Database.RECORDS)) {
      for (var reading : batch.readings()) {
        writer.write(reading.account(), reading.records());
      }
    }
    if (batch.readings().stream().anyMatch(reading -> !reading.uncounted().isEmpty())) {
      try (var writer = database.records(connection, Database.UNCOUNTED)) {
        for (var reading : batch.readings()) {
          writer.write(reading.account(), reading.uncounted());
        }
      }
    }
  }

  private void writeCoverage() throws SQLException {
    var ofAccount = batch.days(UsageStore.ACCOUNT);
    if (!hasAccount) {
      before.remove(UsageStore.ACCOUNT);
    }
    for (var days : ofAccount) {
      before.replaceAll((subject, covered) -> CoveredDays.without(covered, days));
    }
    for (var reading : batch.readings()) {
      var read =
          new Coverage(
              batch.key().provider(),
              batch.key().account(),
              reading.subject(),
              reading.days(),
              Micros.cut(reading.readAt()));
      before.merge(
          reading.subject(),
          List.of(read),
          (earlier, now) -> CoveredDays.with(earlier, read, settleAfterDays));
    }
    try (var rows = database.into(connection, "coverage")) {
      for (var days : before.values()) {
        for (var each : days) {
          rows.beginRow()
              .text(each.provider())
              .text(each.account())
              .text(each.subject())
              .moment(each.days().start())
              .moment(each.days().end())
              .moment(each.readAt())
              .endRow();
        }
      }
    }
  }
}
